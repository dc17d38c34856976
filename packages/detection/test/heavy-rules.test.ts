import { setImmediate } from 'node:timers/promises';
import { Correlator } from '../src/correlation/correlator.js';
import { NOWHERE } from '../src/correlation/event-lookup.js';
import { Hit } from '../src/correlation/arrivals.js';
import { GroupsInMemory } from '../src/correlation/groups-in-memory.js';
import { Detector } from '../src/detector.js';
import { Enricher } from '../src/enrichment/enricher.js';
import { LearnedFromLog } from '../src/enrichment/learned-from-log.js';
import { HistoriesInMemory } from '../src/enrichment/memory.js';
import { networksOf } from '../src/enrichment/networks.js';
import { readEvent } from '../src/log-event.js';
import { readRules, type RuleBook } from '../src/rule-book.js';
import { EventReader } from '../src/sigma/event-reader.js';
import { RulesTooSlow, Spending } from '../src/spending.js';
import { line } from './rules/log-line.js';

const list = (count: number, of: (n: number) => string): string =>
  `[${Array.from({ length: count }, (_, n) => of(n)).join(', ')}]`;

const rule = (search: string, more = ''): string =>
  `title: heavy\nname: heavy\nlogsource: { product: acme }\ndetection: { s: { ${search} }, condition: s }\n${more}`;

/** In ms, whenever somebody looks at it. */
async function withClockThatGoesOn<Done>(ms: number, work: () => Promise<Done>): Promise<Done> {
  let now = 0;
  const { now: real } = performance;
  performance.now = () => (now += ms);
  try {
    return await work();
  } finally {
    performance.now = real;
  }
}

function eventWith(more: object) {
  const event = readEvent({ ...line('used'), ...more });
  if (event === undefined) throw new Error('It is an event.');
  return event;
}

/** What is found, and how often others were served meanwhile. */
async function detect(text: string, more: object) {
  const book = readRules([{ name: 'heavy.yml', text }]);
  expect(book.problems).toEqual([]);
  const event = eventWith(more);
  let served = 0;
  const over = new AbortController();
  const others = (async () => {
    for (; !over.signal.aborted; served += 1) await setImmediate();
  })();
  const around = { known: new LearnedFromLog(), memory: new HistoriesInMemory() };
  const enricher = new Enricher({ ...around, ownNetworks: networksOf([]), threats: networksOf([]) });
  const { matches } = await new Detector(book, enricher, new GroupsInMemory()).detect([event], event.at);
  over.abort();
  const counted = served;
  await others;
  return { levels: matches.map(({ level }) => level), served: counted };
}

const LONG = { a: Array.from({ length: 10 }, (_, n) => `${'v'.repeat(16_000)}${n}end`) };

test.each([
  ['values', `a|contains: ${list(100, (n) => `v${n}x`)}`, []],
  ['keywords', `"|all": ${list(100, (n) => `v${n % 9}e`)}`, ['medium']],
])('others are served while a rule of many %s is held against an event that was made for it', async (_what, search, levels) => {
  // Each part takes long.
  const found = await withClockThatGoesOn(30, () => detect(rule(search), LONG));
  expect(found.levels).toEqual(levels);
  expect(found.served).toBeGreaterThan(50);
});

test('such a rule finds what it would find at once, with the level that it has there', async () => {
  const many = list(100, (n) => `v${n}x`);
  const levels = `level: low\ncastellan: { levels: [{ level: critical, when: { a|contains: ${many} } }, { level: high, when: { a|contains: v3 } }] }\n`;
  const search = `a|contains: ${many.replace(']', ', v3e]')}, b|re: "^x"`;
  expect((await detect(rule(search, levels), { ...LONG, b: 'xy' })).levels).toEqual(['high']);
  expect((await detect(rule(search, levels), { ...LONG, b: 'y' })).levels).toEqual([]);
});

test('levels of a correlation, which are asked at once, may ask for so much and no more', () => {
  const correlation = (count: number): string =>
    `${rule('b: 1')}---\ntitle: c\ncorrelation: { type: event_count, rules: [heavy], group-by: [a], timespan: 1h, condition: { gte: 2 } }\n` +
    `castellan: { levels: [{ level: high, when: { a|re: ${list(count, (n) => `"b${n}"`)} } }] }\n`;
  expect(readRules([{ name: 'c.yml', text: correlation(3) }]).problems).toEqual([]);
  const [problem, ...others] = readRules([{ name: 'c.yml', text: correlation(30) }]).problems;
  expect(problem?.message).toContain('castellan.levels: for levels a correlation may ask for less');
  expect(others).toEqual([]);
});

const COUNTING: RuleBook = readRules([
  {
    name: 'count.yml',
    text: `${rule('b: 1')}---\ntitle: counting\ncorrelation: { type: event_count, rules: [heavy], group-by: [actor.id], timespan: 1h, condition: { gte: 2 } }\n`,
  },
]);

test('what correlations take of the time of a batch is counted, and ends it', async () => {
  const store = new GroupsInMemory();
  const correlator = new Correlator(COUNTING.linked, store, NOWHERE);
  for (let n = 0; n < 100; n += 1) {
    const hit = new Hit({ actor: { id: `person ${n}` } }, `event ${n}`, 1_000 * n);
    correlator.hit(COUNTING.linked.listeners.get(COUNTING.detections[0]?.id ?? '') ?? [], hit);
  }
  const told = () => correlator.tell(1_000_000, new Spending(10_000));
  const error = await withClockThatGoesOn(1_000, told).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(RulesTooSlow);
  if (error instanceof RulesTooSlow) expect(error.rules.map(({ rule: { title } }) => title)).toEqual(['counting']);
});

test('of a field with a hundred long values the first are looked at', () => {
  const field = new EventReader().field('a');
  const values = Array.from({ length: 100 }, (_, n) => `${n}`.padStart(10_000, 'A'));
  const looked = field.small({ a: values });
  expect(looked.length).toBeLessThan(10);
  expect(looked).toEqual(values.slice(0, looked.length).map((value) => value.toLowerCase()));
});

test('what a group keeps of long values is short', async () => {
  const book = readRules([
    {
      name: 'names.yml',
      text: `${rule('a: x')}---\ntitle: names\nname: names\ncorrelation: { type: value_count, rules: [heavy], group-by: [b], timespan: 1h, condition: { field: c, gte: 500 } }\n`,
    },
  ]);
  expect(book.problems).toEqual([]);
  const long = 'x'.repeat(100_000);
  const events = Array.from({ length: 50 }, (_, n) => eventWith({ uuid: `event ${n}`, a: 'x', b: long, c: `${long}${n}` }));
  const around = { known: new LearnedFromLog(), memory: new HistoriesInMemory() };
  const enricher = new Enricher({ ...around, ownNetworks: networksOf([]), threats: networksOf([]) });
  const store = new GroupsInMemory();
  const saved: string[] = [];
  const keeping = {
    open: (of: string, names: readonly string[]) => store.open(of, names),
    due: (of: string, until: number) => store.due(of, until),
    save: (of: string, groups: Parameters<GroupsInMemory['save']>[1]) => {
      saved.push(...groups.map((group) => JSON.stringify([group.name, group])));
      return store.save(of, groups);
    },
  };
  await new Detector(book, enricher, keeping).detect(events, events[0]?.at ?? 0);
  expect(saved).toHaveLength(1);
  // Of fifty values; each alone has a hundred thousand characters.
  expect(saved[0]?.length).toBeLessThan(50_000);
  expect(new Set(saved[0]?.match(/\([0-9a-f]{32}\)/g)).size).toBe(51);
});
