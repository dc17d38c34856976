import { GroupsInMemory } from '../../src/correlation/groups-in-memory.js';
import { Detector } from '../../src/detector.js';
import { Enricher } from '../../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../../src/enrichment/memory.js';
import { LearnedFromLog } from '../../src/enrichment/learned-from-log.js';
import { networksOf } from '../../src/enrichment/networks.js';
import { Evidence, type ExplainedEpisode } from '../../src/explanation/evidence.js';
import { type LogEvent, readEvent } from '../../src/log-event.js';
import { readRules } from '../../src/rule-book.js';
import { line, MINUTE, START } from '../rules/log-line.js';

const RULES = ['a', 'b']
  .map((name) => `title: ${name}\nname: ${name}\nlogsource: {}\ndetection: { s: { eventType: ${name} }, condition: s }\n---\n`)
  .join('');
const correlation = (type: string, rules: string, condition: string, name = 'c'): string =>
  `title: ${name}\nname: ${name}\ncorrelation: { type: ${type}, rules: [${rules}], group-by: [outcome.reason], timespan: 1h, condition: { ${condition} } }\n`;

const at = (minute: number): string => new Date(START + minute * MINUTE).toISOString();

/** `a3` is an event of the type `a`, three minutes after the start. */
function event(id: string, count = 1): LogEvent {
  const minute = Number(id.slice(1));
  const [lat, lon] = [0, minute / 2];
  const over = { uuid: id, outcome: { reason: 'g' }, count, client: { geographicalContext: { geolocation: { lat, lon } } } };
  const read = readEvent({ ...line(id.slice(0, 1), over, minute * MINUTE), uuid: id });
  if (read === undefined) throw new Error('It is an event.');
  return read;
}

async function explained(text: string, events: readonly LogEvent[]): Promise<readonly ExplainedEpisode[]> {
  const book = readRules([{ name: 'own.yml', text: RULES + text }]);
  expect(book.problems).toEqual([]);
  const enricher = new Enricher({
    known: new LearnedFromLog(),
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  const detector = new Detector({ ...book, silent: new Set() }, enricher, new GroupsInMemory());
  const evidence = new Evidence(book);
  const detected = await detector.detect(events, START + 10_000 * MINUTE);
  evidence.take(detected);
  return detected.changed.filter(({ rule }) => !book.silent.has(rule.id)).map((episode) => evidence.explain(episode));
}

const GROUP = { 'outcome.reason': 'g' };
const window = (from: number, to: number, events: readonly string[]) => ({ from: at(from), to: at(to), events });

test.each([
  [
    'event_count',
    'a',
    'gte: 2',
    ['a1', 'a80', 'a90', 'a100'],
    {
      says: '2 events within 1h; asked for: gte 2',
      condition: { gte: 2 },
      window: window(80, 90, ['a80', 'a90']),
      found: 2,
      of: [{ rule: 'a', events: ['a80', 'a90', 'a100'] }],
    },
  ],
  [
    'value_count',
    'a, b',
    'field: count, gt: 1',
    ['a1', 'a2', ['b3', 7], ['a4', 8]],
    {
      says: '2 different values of count within 1h; asked for: gt 1',
      condition: { gt: 1, field: 'count' },
      window: window(1, 3, ['a1', 'a2', 'b3']),
      found: 2,
      values: ['1', '7'],
      of: [
        { rule: 'a', events: ['a1', 'a2', 'a4'] },
        { rule: 'b', events: ['b3'] },
      ],
    },
  ],
  [
    'value_sum',
    'a',
    'field: count, gte: 10',
    [
      ['a1', 4],
      ['a2', 5],
      ['a3', 1.5],
    ],
    { found: 10.5, values: ['4', '5', '1.5'] },
  ],
  [
    'value_avg',
    'a',
    'field: count, gt: 4',
    [
      ['a1', 4],
      ['a2', 7],
    ],
    { found: 5.5 },
  ],
  [
    'value_percentile',
    'a',
    'field: count, percentile: 50, lt: 3',
    [
      ['a1', 9],
      ['a2', 2],
      ['a3', 1],
    ],
    { found: 2, says: 'the percentile 50 of count is 2 within 1h; asked for: lt 3', window: window(1, 2, ['a1', 'a2']) },
  ],
  [
    'temporal',
    'a, b',
    '',
    ['b1', 'b2', 'a3'],
    { says: '2 of 2 rules matched within 1h', found: 2, window: window(1, 3, ['b1', 'b2', 'a3']) },
  ],
  [
    'temporal_ordered',
    'a, b',
    '',
    ['a1', 'a2', 'b3'],
    {
      says: 'a, then b, within 1h',
      window: window(2, 3, ['a2', 'b3']),
      of: [
        { rule: 'a', events: ['a2'] },
        { rule: 'b', events: ['b3'] },
      ],
    },
  ],
  [
    'castellan.new_value',
    'a',
    'field: count, learned: 5m',
    ['a1', ['a20', 7]],
    {
      says: '7 in count, not seen in 1h before',
      condition: { field: 'count', learned: '5m' },
      window: window(20, 20, ['a20']),
      values: ['7'],
    },
  ],
  [
    'castellan.absence',
    'a, b',
    '',
    ['a1', 'b90'],
    {
      says: 'a, and no b within 1h after it',
      window: window(1, 61, ['a1']),
      of: [
        { rule: 'a', events: ['a1'] },
        { rule: 'b', events: [] },
      ],
    },
  ],
  // A degree of the equator is 111.19 km, and there are two minutes to it.
  [
    'castellan.geo_velocity',
    'a',
    'gte: 900',
    ['a0', 'a2'],
    { found: 3336, says: '111 km at 3336 km/h within 1h; asked for: gte 900' },
  ],
  [
    'castellan.ratio',
    'a, b',
    'gte: 1.5, least: 1',
    ['a1', 'a2', 'a3', 'b4', 'b5'],
    { says: '3 of a for each of b within 1h; asked for: gte 1.5', found: 3, window: window(1, 4, ['a1', 'a2', 'a3', 'b4']) },
  ],
] as const)('%s: what made it hold is said', async (type, rules, condition, events, expected) => {
  const all = events.map((one) => (typeof one === 'string' ? event(one) : event(one[0], one[1])));
  const [first, ...others] = await explained(correlation(type, rules, condition), all);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ type, timespan: '1h', group: GROUP, ...expected });
});

test('of a correlation about another it is said why that one held', async () => {
  const text = [correlation('event_count', 'a', 'gte: 2', 'twice'), correlation('temporal', 'twice, b', '', 'both')].join(
    '---\n',
  );
  const [only, ...others] = await explained(
    text,
    ['a1', 'a2', 'b3'].map((id) => event(id)),
  );
  expect(others).toEqual([]);
  expect(only).toMatchObject({
    found: 2,
    of: [
      { rule: 'twice', events: ['a2'], because: [{ type: 'event_count', found: 2, window: { events: ['a1', 'a2'] } }] },
      { rule: 'b', events: ['b3'] },
    ],
  });
});

/** Of an explanation, and of all that it stands on. */
const countOf = ({ of }: ExplainedEpisode): number =>
  1 + of.flatMap(({ because = [] }) => because).reduce((sum, one) => sum + countOf(one), 0);

test('where many ways lead to one correlation it is explained once', async () => {
  const both = (level: number): string => (level === 0 ? 'a, b' : `left${level - 1}, right${level - 1}`);
  const levels = Array.from({ length: 12 }, (_, level) =>
    ['left', 'right'].map((side) => correlation('temporal', both(level), 'gte: 1', `${side}${level}`)),
  );
  const text = [...levels.flat(), correlation('temporal', both(12), 'gte: 1', 'top')].join('---\n');
  const [top, ...others] = await explained(text, [event('a1'), event('b2')]);
  expect(others).toEqual([]);
  // Two on each of twelve levels, and the one above.
  expect(top === undefined ? 0 : countOf(top)).toBe(25);
});
