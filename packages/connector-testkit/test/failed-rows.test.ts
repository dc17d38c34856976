import { ConnectorError } from '@castellan/connector-sdk';
import { checkConnector } from '../src/index.js';
import { acme, acmeSpec } from './acme/acme-connector.js';
import { acmeProvider, tokenOf } from './acme/acme-provider.js';

/** What the suite says of a connector whose failed rows give this advice to the customer. */
function judged(todo: string) {
  const connector = acme({
    probe: async (client, context) => {
      try {
        return await acmeSpec.probe(client, context);
      } catch (failure) {
        const error = ConnectorError.from(failure).view();
        const acting = { blocks: 'connection', turn: 'you', todo } as const;
        return { tenant: null, checks: [{ name: 'credential', status: 'failed', error, ...acting }] };
      }
    },
  });
  const config = ({ url, tenant }: { readonly url: string; readonly tenant: string }): object => ({
    address: url,
    token: tokenOf(tenant),
  });
  return checkConnector(connector, { upstream: acmeProvider, config }, 'connectionTroubles');
}

test.each([
  'Ask the operator to name the host in CASTELLAN_ALLOW_HOSTS.',
  'Ask an operator of your organisation for another key, then log in again.',
  'Check the log-in page of your organisation.',
])('a customer can do this: %s', async (todo) => expect(await judged(todo)).toMatchObject({ result: 'passed' }));

test.each([
  "Look at the operator's log.",
  'See the operators’ logs.',
  'It is in the logs of your operator.',
  'Our log has more.',
  'Read the log.',
])('a customer has no such log: %s', async (todo) =>
  expect(await judged(todo)).toMatchObject({
    result: 'broken',
    reason: expect.stringContaining('a customer has no such log'),
  }),
);
