import { type SourceRecord, UpstreamError } from '@castellan/connector-sdk';
import { accountOf, accounts, acme, AcmeClient } from '../acme/acme-connector.js';
import { type Mistake, withAccounts, savedText } from './mistake.js';

/** Mistakes that let something out: of one integration into another, of a secret into a text. */
export const WHAT_STAYS_INSIDE: readonly Mistake[] = [
  [
    'keeps its client outside of connect()',
    'twoInstances',
    /After another integration was read in this process, a second one stops/,
    () => {
      let only: AcmeClient | undefined;
      return acme({ connect: (context) => (only ??= new AcmeClient(context)) });
    },
  ],
  [
    'keeps what it has read outside of connect()',
    'twoInstances',
    /The records of umbrella hold what only acme has sent: person0@acme.example/,
    () => {
      const names = new Map<string, string>();
      return withAccounts(async function* (args) {
        for await (const page of accounts.read(args)) {
          yield { ...page, records: page.records.map((record) => remembering(record, names)) };
        }
      });
    },
  ],
  [
    'logs the settings',
    'noSecrets',
    /an undisturbed run a secret stands in a log line \("connecting"\)/,
    () =>
      acme({
        connect: (context) => {
          context.logger.debug('connecting', { settings: context.config });
          return new AcmeClient(context);
        },
      }),
  ],
  [
    'puts the whole object of the provider into raw',
    'noSecrets',
    /a secret stands in the records of stream accounts/,
    () =>
      withAccounts(async function* ({ client, saved }) {
        for (let at = savedText(saved); ; ) {
          const { items, next } = await client.users(at);
          const records = items.flatMap((item) => {
            const record = accountOf(item);
            return record === undefined ? [] : [{ ...record, raw: JSON.parse(JSON.stringify(item)) }];
          });
          yield { records, next };
          if (next === null) return;
          at = next;
        }
      }),
  ],
  [
    'quotes the provider in its errors',
    'noSecrets',
    /whose provider answers 400 .* a secret stands in the error of stream/,
    () => acme({ connect: (context) => new QuotingClient(context) }),
  ],
];

class QuotingClient extends AcmeClient {
  constructor(context: ConstructorParameters<typeof AcmeClient>[0]) {
    const http: typeof context.http = (given) =>
      context.http({ ...given, toError: ({ body }) => new UpstreamError({ message: `Acme says: ${JSON.stringify(body)}` }) });
    super({ ...context, http });
  }
}

/** The name that the first integration saw is given to the same row of the next. */
function remembering(record: SourceRecord, names: Map<string, string>): SourceRecord {
  if (record.kind !== 'account') return record;
  const row = record.key.replace(/^[a-z]+-/, '');
  const first = names.get(row) ?? `${record.data.login}`;
  names.set(row, first);
  return { ...record, data: { ...record.data, login: first } };
}
