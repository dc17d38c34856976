import { type SourceRecord, UpstreamError } from '@castellan/connector-sdk';
import { accounts, acme, deactivate, groups, memberships } from '../acme/acme-connector.js';
import { type Mistake, withAccounts } from './mistake.js';

/** Mistakes between two listings: parts, deltas, actions. */
export const KEEPING_FRESH: readonly Mistake[] = [
  [
    'reads a part otherwise than the list',
    'refreshEqualsListing',
    /Parts of stream accounts, read again by themselves \(by key\), differ from the listing/,
    () =>
      withAccounts((args) => accounts.read(args), {
        async *refresh(args) {
          for await (const page of accounts.refresh?.(args) ?? []) yield { ...page, records: page.records.map(withoutRaw) };
        },
      }),
  ],
  [
    'asks for changes since now and not since the last listing',
    'changesEqualListing',
    /stream accounts differs from a fresh listing/,
    () =>
      withAccounts((args) => accounts.read(args), {
        async *delta(args) {
          yield* accounts.delta?.({ ...args, since: new Date(Date.now() + 60_000).toISOString() }) ?? [];
        },
      }),
  ],
  [
    'forgets that members change with a group',
    'changesEqualListing',
    /stream memberships differs from a fresh listing/,
    () =>
      acme({
        streams: [
          accounts,
          {
            ...groups,
            async *delta(args) {
              for await (const page of groups.delta?.(args) ?? []) yield { ...page, stale: [] };
            },
          },
          memberships,
        ],
      }),
  ],
  [
    'does an action again when it is done',
    'actionsOnce',
    /asked twice, says that it has changed something twice/,
    () => acme({ actions: [{ ...deactivate, run: async (args) => ({ ...(await deactivate.run(args)), changed: true }) }] }),
  ],
  [
    'fails when it is done already',
    'actionsOnce',
    /fails when asked twice: upstream, It is inactive/,
    () =>
      acme({
        actions: [
          {
            ...deactivate,
            run: async (args) => {
              const outcome = await deactivate.run(args);
              if (!outcome.changed) throw new UpstreamError({ message: 'It is inactive.' });
              return outcome;
            },
          },
        ],
      }),
  ],
  [
    'says that it is done without doing it',
    'actionsOnce',
    /says that it is done, and the provider says that it is not/,
    () => acme({ actions: [{ ...deactivate, run: async () => ({ changed: true, message: 'Done.', stale: [] }) }] }),
  ],
  [
    'does not say what an action has changed',
    'actionsOnce',
    /the parts that it calls stale do not show all that it did/,
    () => acme({ actions: [{ ...deactivate, run: async (args) => ({ ...(await deactivate.run(args)), stale: [] }) }] }),
  ],
];

function withoutRaw(record: SourceRecord): SourceRecord {
  const copy = { ...record };
  Reflect.deleteProperty(copy, 'raw');
  return copy;
}
