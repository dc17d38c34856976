import { GroupsInMemory } from '../../src/correlation/groups-in-memory.js';
import { Group } from '../../src/correlation/group.js';
import type { GroupStore } from '../../src/correlation/correlator.js';
import { Detector } from '../../src/detector.js';
import { Enricher } from '../../src/enrichment/enricher.js';
import { LearnedFromLog } from '../../src/enrichment/learned-from-log.js';
import { HistoriesInMemory } from '../../src/enrichment/memory.js';
import { networksOf } from '../../src/enrichment/networks.js';
import { type LogEvent, readEvent } from '../../src/log-event.js';
import { readRules } from '../../src/rule-book.js';
import { type Line, line, MINUTE } from '../rules/log-line.js';

const detection = (name: string): string => `
title: ${name}
name: ${name}
logsource: { product: acme }
detection: { selection: { eventType: ${name} }, condition: selection }
`;
const correlation = (name: string, about: string): string => `
title: ${name}
name: ${name}
correlation: { ${about} }
`;
const BOOK = readRules([
  {
    name: 'own.yml',
    text: [
      detection('tried'),
      detection('used'),
      detection('ruled'),
      detection('opened'),
      correlation('thrice', 'type: event_count, rules: [tried], group-by: [actor.id], timespan: 10m, condition: { gte: 3 }'),
      correlation('then_used', 'type: temporal_ordered, rules: [thrice, used], group-by: [actor.id], timespan: 1h'),
      correlation('then_ruled', 'type: temporal_ordered, rules: [then_used, ruled], group-by: [actor.id], timespan: 2h'),
      correlation('thrice_and_used', 'type: temporal, rules: [thrice, used], group-by: [actor.id], timespan: 1h'),
      correlation('both', 'type: temporal, rules: [tried, opened], group-by: [actor.id], timespan: 10m'),
      correlation('both_then_used', 'type: temporal_ordered, rules: [both, used], group-by: [actor.id], timespan: 1h'),
      correlation(
        'both_then_ruled',
        'type: temporal_ordered, rules: [both_then_used, ruled], group-by: [actor.id], timespan: 2h',
      ),
    ].join('---'),
  },
]);

const at = (id: string, type: string, minutes: number, more: Line = {}): LogEvent => {
  const event = readEvent(line(type, { uuid: id, ...more }, minutes * MINUTE));
  if (event === undefined) throw new Error('It is an event.');
  return event;
};
const ATTACK = [
  at('t0', 'tried', -30),
  at('t1', 'tried', 0),
  at('t2', 'tried', 2),
  at('t3', 'tried', 4),
  at('u', 'used', 40),
  at('r', 'ruled', 100),
];

/** Written down and read again each time. */
class Written implements GroupStore {
  readonly #all = new GroupsInMemory();
  readonly #states = new Map<string, string>();

  async open(rule: string, names: readonly string[]): Promise<readonly Group[]> {
    const groups = new Map<string, Group>();
    for (const name of names) {
      const state = this.#states.get(`${rule} ${name}`);
      groups.set(name, state === undefined ? new Group(name) : Group.of(name, JSON.parse(state)));
    }
    return names.flatMap((name) => groups.get(name) ?? []);
  }

  due(rule: string, until: number): Promise<readonly string[]> {
    return this.#all.due(rule, until);
  }

  save(rule: string, groups: readonly Group[]): Promise<void> {
    for (const group of groups) this.#states.set(`${rule} ${group.name}`, JSON.stringify(group));
    return Promise.resolve();
  }
}

/** By rule, all events of the last episode that it was told of. */
async function found(
  batches: readonly (readonly LogEvent[])[],
  store: GroupStore = new GroupsInMemory(),
): Promise<Readonly<Record<string, readonly string[]>>> {
  const enricher = new Enricher({
    known: new LearnedFromLog(),
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  const loud = { ...BOOK, silent: new Set<string>() };
  const events = new Map(batches.flat().map(({ id, raw }) => [id, raw]));
  const detector = new Detector(loud, enricher, store, {
    find: (kept) => Promise.resolve(new Map(kept.map(({ id }) => [id, events.get(id)]))),
  });
  const all: Record<string, readonly string[]> = {};
  let until = 0;
  for (const batch of batches) {
    until = Math.max(until, ...batch.map((event) => event.at));
    for (const { rule, all: its } of (await detector.detect(batch, until)).changed) all[rule.title] = its;
  }
  return all;
}

const EXPECTED = {
  thrice: ['t1', 't2', 't3'],
  then_used: ['t1', 't2', 't3', 'u'],
  then_ruled: ['t1', 't2', 't3', 'u', 'r'],
  thrice_and_used: ['t1', 't2', 't3', 'u'],
};

test('a correlation about others names the events of their windows, each once, in order of time', async () => {
  expect(BOOK.problems).toEqual([]);
  expect(await found([ATTACK])).toEqual(EXPECTED);
});

test('so it is when they come one by one, and windows are written down between them', async () => {
  expect(await found(ATTACK.map((event) => [event]))).toEqual(EXPECTED);
  expect(
    await found(
      ATTACK.map((event) => [event]),
      new Written(),
    ),
  ).toEqual(EXPECTED);
});

test('an event that comes late into a window below is named above, although that was told before', async () => {
  const late = at('late', 'tried', 3);
  const soon = at('u', 'used', 6);
  const inOrder = await found([[...ATTACK.slice(1, 3), late, ...ATTACK.slice(3, 4), soon]]);
  expect(inOrder['then_used']).toEqual(['t1', 't2', 'late', 't3', 'u']);
  expect(await found([[...ATTACK.slice(1, 4), soon], [late]])).toEqual(inOrder);
});

test('so is one that comes late between two that were told', async () => {
  const [tried, late, opened, used] = [at('a', 'tried', 0), at('b', 'tried', 2), at('c', 'opened', 4), at('d', 'used', 6)];
  const inOrder = await found([[tried, late, opened, used]]);
  expect(inOrder['both_then_used']).toEqual(['a', 'b', 'c', 'd']);
  expect(await found([[tried, opened, used], [late]])).toEqual(inOrder);
});

test('of a window that an episode does not go on from nothing is named', async () => {
  const again = [at('t4', 'tried', 30), at('t5', 'tried', 31), at('t6', 'tried', 32), at('u', 'used', 35)];
  expect((await found([[...ATTACK.slice(0, 4), ...again]]))['then_used']).toEqual(['t4', 't5', 't6', 'u']);
});

test('what others did is not named', async () => {
  const ben: Line = { actor: { id: 'ben', type: 'User' } };
  const others = [0, 1, 2].map((n) => at(`b${n}`, 'tried', n, ben));
  const { then_used: used } = await found([[...ATTACK, ...others].toSorted((a, b) => a.at - b.at)]);
  expect(used).toEqual(EXPECTED.then_used);
});

test('of very many the own events and the latest below are named', async () => {
  const many = Array.from({ length: 3_000 }, (_, n) => at(`m${n}`, 'tried', n / 1_000));
  const { then_used: all = [] } = await found([many, [at('u', 'used', 5)]]);
  expect(all).toHaveLength(1_000);
  expect(all[0]).toBe('m2001');
  expect(all.at(-1)).toBe('u');
  expect(all.at(-2)).toBe('m2999');
});

test('of a window that ends behind an episode nothing is named, however they are cut', async () => {
  const events = [
    ...ATTACK.slice(1, 4),
    at('x1', 'tried', 37),
    at('x2', 'tried', 38),
    at('u', 'used', 40),
    at('x3', 'tried', 41),
    at('r', 'ruled', 100),
  ];
  expect(await found([events])).toMatchObject({ then_used: EXPECTED.then_used, then_ruled: EXPECTED.then_ruled });
  expect(await found(events.map((event) => [event]))).toMatchObject({
    then_used: EXPECTED.then_used,
    then_ruled: EXPECTED.then_ruled,
  });
});

test('an event that comes late is named two floors up, also where no other window ends with it', async () => {
  const events = [at('a', 'tried', 0), at('c', 'opened', 4), at('d', 'used', 6), at('r', 'ruled', 8)];
  const { both_then_ruled: all } = await found([events, [at('late', 'tried', 2)]]);
  expect(all).toEqual(['a', 'late', 'c', 'd', 'r']);
});

test('of an episode that goes on all is named, from its beginning', async () => {
  const events = [0, 50, 100].flatMap((minute) => [
    ...[0, 2, 4].map((more) => at(`t${minute + more}`, 'tried', minute + more)),
    at(`u${minute + 8}`, 'used', minute + 8),
  ]);
  const expected = { thrice_and_used: events.map(({ id }) => id) };
  expect(await found([events])).toMatchObject(expected);
  expect(await found(events.map((event) => [event]))).toMatchObject(expected);
});
