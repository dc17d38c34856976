import { isDeepStrictEqual } from 'node:util';
import type { AccessNodeRef } from '@castellan/api';
import type { RecordKind, SourceRecord } from '@castellan/connector-sdk';
import fc from 'fast-check';
import { AnswerKey } from './fixtures/answer-key.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { type Asked, askChanges, askLoss, askReach, askReachedBy, askReasons, type Compared } from './fixtures/questions.js';
import { RecordedOrg } from './fixtures/recorded-org.js';
import * as records from './fixtures/records.js';

/** Histories that each property is tried with; more on demand. */
const RUNS = process.env['RUNS'];
const list = (letter: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${letter}${n}`);
/** `both` is an account, a group, an application and a role. */
const KEYS = {
  account: [...list('a', 3), 'both', 'a|%'],
  group: [...list('g', 4), 'both', 'g|%'],
  application: [...list('p', 1), 'both'],
  role: [...list('r', 1), 'both'],
};

const keyOf = (kind: keyof typeof KEYS) => fc.constantFrom(...KEYS[kind]);
const target = fc.constantFrom<records.RoleTarget>(
  { targetKind: null, target: null },
  { targetKind: 'group', target: 'g0' },
  { targetKind: 'application', target: 'p0' },
  { targetKind: 'resource_set', target: 'set' },
);
const edge: fc.Arbitrary<SourceRecord> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(keyOf('group'), keyOf('account')).map(([into, who]) => records.membership(into, 'account', who)),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(keyOf('group'), keyOf('group')).map(([into, who]) => records.membership(into, 'group', who)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(keyOf('application'), keyOf('account'), fc.constantFrom('direct', 'group', 'unknown'))
      .map(([to, who, scope]) => records.appAssignment(to, 'account', who, scope)),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(keyOf('application'), keyOf('group')).map(([to, who]) => records.appAssignment(to, 'group', who)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(keyOf('role'), fc.constantFrom('account', 'group', 'client'), fc.nat(3), target)
      .map(([to, kind, who, narrowed]) =>
        records.roleAssignment(to, kind, KEYS[kind === 'client' ? 'application' : kind].at(-1 - who) ?? 'both', narrowed),
      ),
  },
);
const ends: readonly SourceRecord[] = [
  ...KEYS.account.map((key) => records.account(key, { displayName: key.toUpperCase() })),
  ...KEYS.group.map((key) => records.group(key)),
  ...KEYS.application.map((key) => records.application(key)),
  ...KEYS.role.map((key) => records.role(key)),
];
/** Edges of one organisation, and what turns in each run: what is there goes, what is gone comes back. */
const history = fc
  .uniqueArray(edge, { minLength: 8, maxLength: 40, selector: ({ kind, key }) => `${kind} ${key}` })
  .chain((edges) => {
    const all = [...ends, ...edges];
    const turns = fc.uniqueArray(fc.nat(all.length - 1), { maxLength: 15 });
    return fc.record({ all: fc.constant(all), turns: fc.array(turns, { minLength: 3, maxLength: 6 }) });
  });

const STREAMS = [records.ACCOUNTS, records.GROUPS, records.APPLICATIONS, records.ROLES, records.MEMBERS];
const EDGES = [records.APP_ASSIGNMENTS, records.ROLE_ASSIGNMENTS];

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

/** Each run of a history in an integration of its own: those of the runs before have the same keys. */
async function recorded({
  all,
  turns,
}: {
  all: readonly SourceRecord[];
  turns: readonly (readonly number[])[];
}): Promise<Asked> {
  const { storage, client } = database;
  const org = new RecordedOrg(storage, client, await newIntegration(storage));
  const shown = new Set(all);
  for (const turned of turns) {
    for (const index of turned) {
      const record = all[index];
      if (record !== undefined && !shown.delete(record)) shown.add(record);
    }
    const ofKind = (kind: RecordKind): readonly SourceRecord[] => all.filter((one) => one.kind === kind && shown.has(one));
    await org.run([...STREAMS, ...EDGES].map((stream) => ({ stream, records: ofKind(stream.kind) })));
  }
  return { queries: storage.queries, org, key: new AnswerKey(org) };
}

const PRINCIPALS: readonly AccessNodeRef[] = [
  ...KEYS.account.map((key) => ({ kind: 'account', key }) as const),
  ...KEYS.group.map((key) => ({ kind: 'group', key }) as const),
  ...KEYS.application.map((key) => ({ kind: 'client', key }) as const),
];
const TARGETS: readonly AccessNodeRef[] = [
  ...KEYS.application.map((key) => ({ kind: 'application', key }) as const),
  ...KEYS.role.map((key) => ({ kind: 'role', key }) as const),
  ...KEYS.group.map((key) => ({ kind: 'group', key }) as const),
];
const KINDS = ['application', 'role', 'group'] as const;
const FROM = ['account', 'group', 'client'] as const;

/** All at once: a history has hundreds of questions. */
async function same(asks: readonly Promise<Compared>[]): Promise<void> {
  for (const { said, wanted } of await Promise.all(asks)) if (!isDeepStrictEqual(said, wanted)) expect(said).toEqual(wanted);
}

/** A failure prints seed and path, and is made smaller where SHRINK is set */
function property(histories: number, check: (asked: Asked) => Promise<void>): Promise<void> {
  const asserted = fc.asyncProperty(history, async (given) => check(await recorded(given)));
  return fc.assert(asserted, { numRuns: Number(RUNS ?? histories), endOnFailure: process.env['SHRINK'] === undefined });
}

const WHOLE = { words: [], unusedSince: undefined, limit: 100 } as const;

test('all that is reached, all who reach, and why, at every instant', async () => {
  await property(6, async (asked) => {
    const instants = [undefined, ...asked.org.instants.slice(0, -1)];
    for (const at of instants) {
      const sort = { by: 'name', descending: false } as const;
      await same(PRINCIPALS.flatMap((from) => KINDS.map((to) => askReach(asked, { ...WHOLE, from, to, at, sort }))));
      const rest = { ...WHOLE, filters: [], via: undefined, sort: 'name' } as const;
      await same(TARGETS.flatMap((to) => FROM.map((from) => askReachedBy(asked, { ...rest, to, from, at }))));
    }
    // Each pair at one of the instants.
    const pairs = PRINCIPALS.flatMap((from) => TARGETS.map((to) => ({ from, to })));
    await same(pairs.map((pair, number) => askReasons(asked, { ...pair, at: instants[number % instants.length] })));
  });
}, 300_000);

test('what has changed between any two instants, and what a membership gives', async () => {
  await property(6, async (asked) => {
    const instants = asked.org.instants;
    const spans = instants.flatMap((since, n) => [...instants.slice(n + 1, -1), undefined].map((until) => ({ since, until })));
    for (const [number, span] of spans.entries()) {
      await same(
        PRINCIPALS.map((of, n) => askChanges(asked, { of, other: KINDS[(n + number) % 3] ?? 'group', ...span, limit: 100 })),
      );
      await same(TARGETS.map((of) => askChanges(asked, { of, other: 'account', ...span, limit: 2 })));
    }
    const losses = PRINCIPALS.flatMap((from) =>
      asked.key.edges
        .from(from, undefined)
        .flatMap(({ to: { kind, key } }) => (kind === 'group' ? [{ from, group: key }] : [])),
    );
    await same(losses.flatMap((left) => KINDS.map((to) => askLoss(asked, { ...left, to }))));
  });
}, 300_000);

test('who reaches it through a group', async () => {
  await property(12, async (asked) => {
    const rest = { ...WHOLE, from: 'account', filters: [], sort: 'name' } as const;
    const asks = TARGETS.flatMap((to) => KEYS.group.map((via) => ({ to, via })));
    await same(
      asks.map((ask, n) => askReachedBy(asked, { ...rest, ...ask, at: n % 2 === 0 ? undefined : asked.org.instants[1] })),
    );
  });
}, 300_000);
