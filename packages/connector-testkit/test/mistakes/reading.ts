import type { Connector, SourceRecord } from '@castellan/connector-sdk';
import { accountOf, accounts, type AcmeSettings, membersOf, memberships, sorted } from '../acme/acme-connector.js';
import { type Mistake, withAccounts, withMemberships, savedText } from './mistake.js';

/** Mistakes in reading lists: rows, keys, positions, memory. */
export const READING: readonly Mistake[] = [
  [
    'ignores the position that it is given',
    'cutAtEveryPage',
    /goes on after a cut stops: accounts: .*did not advance/,
    () => withAccounts((args) => accounts.read({ ...args, saved: undefined })),
  ],
  [
    'shows the row at its position again',
    'cutAtEveryPage',
    /records were given again: account acme-user-0/,
    () =>
      withAccounts(async function* (args) {
        const [again] = args.saved === undefined ? [] : sorted((await args.client.users(undefined)).items, accountOf).records;
        for await (const page of accounts.read(args))
          yield { ...page, records: [...page.records, ...(again === undefined ? [] : [again])] };
      }),
  ],
  [
    'skips the page at which it was cut',
    'cutAtEveryPage',
    /other records than undisturbed/,
    () =>
      withAccounts(async function* ({ client, saved }) {
        let at = savedText(saved);
        if (at !== undefined) at = (await client.users(at)).next ?? at;
        for (;;) {
          const { items, next } = await client.users(at);
          yield { records: sorted(items, accountOf).records, next };
          if (next === null) return;
          at = next;
        }
      }),
  ],
  [
    'forgets the last page',
    'eachRecordOnce',
    /Stream accounts lacks 3 of 23 records/,
    () =>
      withAccounts(async function* ({ client, saved }) {
        for (let at = savedText(saved); ; ) {
          const { items, next } = await client.users(at);
          if (next === null) return yield { records: [], next: null };
          yield { records: sorted(items, accountOf).records, next };
          at = next;
        }
      }),
  ],
  [
    'gives records twice',
    'eachRecordOnce',
    /given more than once: account acme-user-0/,
    () =>
      withAccounts(async function* (args) {
        for await (const page of accounts.read(args))
          yield { ...page, records: [...page.records, ...page.records.slice(0, 1)] };
      }),
  ],
  [
    'makes keys of the order of rows',
    'stableRecords',
    /a second sync gives other records/,
    () => {
      let count = 0;
      return withAccounts(async function* (args) {
        for await (const page of accounts.read(args))
          yield { ...page, records: page.records.map((record) => ({ ...record, key: `row-${(count += 1)}` })) };
      });
    },
  ],
  [
    'writes dates as the provider does',
    'recordShape',
    /"createdAt" is "1\/3\/2026", which is no instant/,
    () => withAccountData({ createdAt: '1/3/2026' }),
  ],
  ['leaves a field out', 'recordShape', /lacks the field "department"/, () => withAccountData({ department: undefined })],
  ['adds a field of its own', 'recordShape', /not in the vocabulary: shoeSize/, () => withAccountData({ shoeSize: 44 })],
  [
    'joins the parts of an edge by itself',
    'recordShape',
    /its key is edgeKey of its parts/,
    () =>
      withMemberships(async function* (args) {
        for await (const page of memberships.read(args))
          yield { ...page, records: page.records.map((record) => ({ ...record, key: record.key.replace('|', '/') })) };
      }),
  ],
  [
    'takes any position for one of its own',
    'damagedPosition',
    /From the stored position .* stream memberships comes to an end without all its records/,
    () =>
      withMemberships(async function* ({ client, saved, synced }) {
        // Whatever it is, keys are compared with it.
        const after = typeof saved === 'object' && saved !== null && 'after' in saved ? String(saved['after']) : saved;
        for await (const { key } of synced.entries('group', after === undefined ? undefined : String(after)))
          yield { records: (await membersOf(client, key)).records, next: { after: key } };
        yield { records: [], next: null };
      }),
  ],
  [
    'keeps something for every page',
    'flatMemory',
    /the heap has grown by \d+ kB: something is kept for every page/,
    () => {
      const kept: SourceRecord[] = [];
      return withAccounts(async function* (args) {
        for await (const page of accounts.read(args)) {
          // Several times, so that it shows at the first look and not at the third.
          for (let times = 0; times < 4; times += 1) kept.push(...structuredClone(page.records));
          yield page;
        }
      });
    },
  ],
];

function withAccountData(changes: object): Connector<AcmeSettings> {
  return withAccounts(async function* (args) {
    for await (const page of accounts.read(args)) {
      const records = page.records.map((record) => Object.assign({}, record, { data: { ...record.data, ...changes } }));
      yield { ...page, records };
    }
  });
}
