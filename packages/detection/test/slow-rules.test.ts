import { without } from '../src/adjusted.js';
import { GroupsInMemory } from '../src/correlation/groups-in-memory.js';
import { NOWHERE } from '../src/correlation/event-lookup.js';
import { Detector } from '../src/detector.js';
import { Enricher } from '../src/enrichment/enricher.js';
import { LearnedFromLog } from '../src/enrichment/learned-from-log.js';
import { HistoriesInMemory } from '../src/enrichment/memory.js';
import { networksOf } from '../src/enrichment/networks.js';
import { readEvent } from '../src/log-event.js';
import { readRules, type RuleBook } from '../src/rule-book.js';
import { RulesTooSlow } from '../src/spending.js';
import { line } from './rules/log-line.js';

const detection = (name: string, search: string): string =>
  `title: ${name}\nname: ${name}\nlogsource: { product: acme }\ndetection: { s: ${search}, condition: s }\n`;
const correlation = (name: string, rules: string): string =>
  `title: ${name}\nname: ${name}\ncorrelation: { type: temporal, rules: [${rules}], group-by: [actor.id], timespan: 1h }\n`;

/** Each of them is sought in all that an event has. */
const words = (from: number, count: number): string =>
  `[${Array.from({ length: count }, (_, n) => `word${from + n}`).join(', ')}]`;

const BOOK = readRules([
  {
    name: 'fast.yml',
    text: [detection('fast', '{ eventType: used }'), detection('other', '{ eventType: left }')].join('---\n'),
  },
  { name: 'slow.yml', text: detection('slow', words(0, 5_000)) },
  { name: 'less.yml', text: detection('less', words(10_000, 300)) },
  {
    name: 'about.yml',
    text: [
      correlation('fast_and_other', 'fast, other'),
      correlation('fast_and_slow', 'fast, slow'),
      correlation('above', 'fast_and_slow, other'),
    ].join('---\n'),
  },
]);

const EVENTS = Array.from({ length: 400 }, (_, n) => {
  const event = readEvent(line('used', {}, n * 1_000));
  if (event === undefined) throw new Error('It is an event.');
  return event;
});

function detect(book: RuleBook, mostMs?: number) {
  const enricher = new Enricher({
    known: new LearnedFromLog(),
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  return new Detector(book, enricher, new GroupsInMemory(), NOWHERE, mostMs).detect(EVENTS, EVENTS.at(-1)?.at ?? 0);
}

test('a batch that takes too long is given up, and the rule is named that takes most of it', async () => {
  const error = await detect(BOOK, 500).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(RulesTooSlow);
  if (!(error instanceof RulesTooSlow)) return;
  expect(error.rules.map(({ rule }) => rule.title)).toEqual(['slow']);
  expect(error.rules[0]?.ms).toBeLessThanOrEqual(error.measuredMs);
});

test('what a rule asks of its level is part of its time', async () => {
  const levels = `castellan: { levels: [{ level: high, when: ${words(0, 5_000)} }] }\n`;
  const book = readRules([
    { name: 'slow.yml', text: detection('slow', '{ eventType: used }') + levels },
    ...Array.from({ length: 20 }, (_, n) => ({
      name: `${n}.yml`,
      text: detection(`fast ${n}`, `{ eventType|contains: use, displayMessage|contains: "${n}" }`),
    })),
  ]);
  expect(book.problems).toEqual([]);
  const error = await detect(book, 500).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(RulesTooSlow);
  if (error instanceof RulesTooSlow) expect(error.rules.map(({ rule }) => rule.title)).toEqual(['slow']);
});

test('without that rule, and without the correlations about it, the others find what they find', async () => {
  const left = without(BOOK, new Set(['slow']));
  expect(left.detections.map(({ title }) => title)).toEqual(['fast', 'other', 'less']);
  expect(left.linked.correlations.map(({ rule }) => rule.title)).toEqual(['fast_and_other']);
  const { matches } = await detect(left, 60_000);
  expect(matches).toHaveLength(EVENTS.length);
});
