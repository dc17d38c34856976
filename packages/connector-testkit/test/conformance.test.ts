import { describeConnector } from '../src/index.js';
import { acme } from './acme/acme-connector.js';
import { acmeProvider, tokenOf } from './acme/acme-provider.js';

describeConnector(acme(), {
  upstream: acmeProvider,
  config: ({ url, tenant }) => ({ address: url, token: tokenOf(tenant) }),
});
