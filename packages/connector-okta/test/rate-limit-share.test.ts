import type { HttpFactory } from '@castellan/connector-sdk';
import { TinyHost } from './support/tiny-host.js';

it('spends the share that was set, with and without a credential', async () => {
  const shares: (number | undefined)[] = [];
  const http: HttpFactory = ({ share }) => {
    shares.push(share);
    const body = { id: '00o1', _links: {} };
    return { send: () => Promise.resolve({ status: 200, headers: {}, body, next: undefined, date: undefined }) };
  };
  const config = { domain: 'https://acme.okta.com', auth: { method: 'api_token', token: '00x' }, rateLimitShare: 35 };
  await (await TinyHost.create(config, undefined, http)).test();
  expect(shares).toEqual([0.35, 0.35]);
});
