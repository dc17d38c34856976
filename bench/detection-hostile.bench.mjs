/**
 * What somebody could write to make a host stand still: rules that are read, and events that rules are held against. For each the
 * longest time in which nothing else was served, and whether it was told. `npm run bench -- detection-hostile [events | part of a name]`
 */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import {
  Detector,
  Enricher,
  GroupsInMemory,
  HistoriesInMemory,
  LearnedFromLog,
  networksOf,
  ourRules,
  readEvent,
  readRulesBesides,
} from '@castellan/detection';
import { note } from './stack.mjs';

const MOST_MS = 100;
const TIMES = 3;
/** Events that a host shows to rules together. */
const AT_ONCE = 1_000;
const [wanted = ''] = process.argv.slice(2);

const rule = (n, search, condition = 's') =>
  `title: r${n}\nlogsource: { product: acme }\ndetection:\n  s: { ${search} }\n  condition: ${condition}\n`;
const file = (text, n = 0) => ({ name: `${n}.yml`, text });
const many = (count, of) => Array.from({ length: count }, (_, n) => of(n));
const regex = (source) => [file(rule(0, `a|re: ${JSON.stringify(source)}`))];
const searches = (count) =>
  `title: t\nlogsource: {}\ndetection:\n${many(count, (n) => `  s${n}: { a|contains: "b${n}" }\n`).join('')}`;

/** By name the files of rules that are read. */
const RULES = {
  'regex (a+)+$': () => regex('(a+)+$'),
  'regex ((((a*)*)*)*)*b': () => regex('((((a*)*)*)*)*b'),
  'regex of 400 alternatives': () => regex(many(400, (n) => `a${n}`).join('|')),
  'regex of 10,000 characters': () => regex('a'.repeat(10_000)),
  'regex (a{1000}){1000}': () => regex('(a{1000}){1000}'),
  'regex a{1000}b{1000}…': () => regex(many(200, () => 'a{1000}').join('b')),
  'regex (.*a){30}': () => regex('(.*a){30}b'),
  'regex \\pL{900} 20 times': () => regex(many(20, () => '\\pL{900}').join('.')),
  '1,000 rules with (a{30}){30}': () => many(1_000, (n) => file(rule(n, 'a|re: "(a{30}){30}"'), n)),
  '100,000 values': () => [file(rule(0, `a: [${many(100_000, (n) => `v${n}`).join(', ')}]`))],
  '40,000 values that are contained': () => [file(rule(0, `a|contains: [${many(40_000, (n) => `v${n}`).join(', ')}]`))],
  '20,000 regular expressions in one rule': () => [file(rule(0, `a|re: [${many(20_000, (n) => `"a.${n}+"`).join(', ')}]`))],
  '50,000 ranges in one rule': () => [
    file(rule(0, `a|cidr: [${many(50_000, (n) => `10.${n >> 8}.${n % 256}.0/24`).join(', ')}]`)),
  ],
  '20,000 values with 4 flags each': () => [file(rule(0, `a|windash: [${many(20_000, () => '" -a -b -c -d"').join(', ')}]`))],
  '10,000 rules': () => many(10_000, (n) => file(rule(n, `a: v${n}`), n)),
  '10,000 rules in 20 files': () => many(20, (f) => file(many(500, (n) => rule(`${f}-${n}`, `a: v${n}`)).join('---\n'), f)),
  '900 KB of YAML': () => [
    file(`title: t\nlogsource: {}\nx:\n${many(30_000, (n) => `  - { a: ${n}, b: [c, d] }\n`).join('')}`),
  ],
  '900 KB of brackets': () => [file(`title: ${'['.repeat(450_000)}${']'.repeat(450_000)}`)],
  '1 MB of anchors and aliases': () => [
    file(`a: &a [x, x]\nb: &b [*a, *a]\nc: &c [${'*b, '.repeat(200_000)}*b]\nd: [${'*c, '.repeat(20_000)}*c]`),
  ],
  'a billion laughs': () => [
    file(`a0: &a0 [x]\n${many(30, (n) => `a${n + 1}: &a${n + 1} [${many(10, () => `*a${n}`).join(', ')}]`).join('\n')}`),
  ],
  'a condition of 10,000 brackets': () => [file(rule(0, 'a: b', `"${'('.repeat(10_000)}s${')'.repeat(10_000)}"`))],
  'a condition of 300,000 words': () => [file(rule(0, 'a: b', `"${many(150_000, () => 's').join(' or ')}"`))],
  '1 of * over 10,000 searches': () => [file(`${searches(10_000)}  condition: 1 of *\n`)],
  '50 conditions, 1 of * over 5,000 searches': () => [
    file(`${searches(5_000)}  condition: [${many(50, () => '1 of *').join(', ')}]\n`),
  ],
};

const HELD = [
  'a|re: "(a+)+$"',
  'a|re: "(a|aa)+b"',
  'a|re|i: "(.*a){20}b"',
  'a|re: "(a{30}){30}b"',
  'a: "*a*a*a*a*a*a*a*a*b"',
  'a: "*?a?a?a?a?a?a?a?b*"',
  'a|contains: [b, c, d]',
  'a|base64offset|contains: [whoami, admin]',
  '"|all": [b, c]',
  '"|all": ["a?a?b"]',
  'a|cidr: 10.0.0.0/8',
  'a|fieldref|contains: b',
  'a|fieldref|contains: a',
  'a.b.c.d: x',
  'a|gt: 1',
  'a|hour: 1',
  'a|neq: b',
  'A|re: "a.*b"',
];

const event = (more) => ({ uuid: 'e', published: '2026-11-27T10:00:00.000Z', eventType: 'a', ...more });
/** As a text: what is so deep can be read and not be written. */
const nested = (open, close, levels) =>
  JSON.stringify(event({ a: 0 })).replace('"a":0', `"a":${open.repeat(levels)}1${close.repeat(levels)}`);
/** By name a batch of events, or their texts. */
const EVENTS = {
  'a text of 10 MB': () => [event({ a: 'a'.repeat(10_000_000) })],
  'a text of 10 MB with wide characters': () => [event({ a: 'a😀'.repeat(3_000_000) })],
  'a text of 10 MB, as two units each': () => [event({ a: 'İa'.repeat(5_000_000) })],
  '1,000 texts of 10 KB': () => [event({ a: many(1_000, (n) => 'a'.repeat(10_000) + n) })],
  '10,000 lists in each other': () => [nested('[', ']', 10_000)],
  '10,000 maps in each other': () => [nested('{"a":', '}', 10_000)],
  'a list of a million': () => [event({ a: many(1_000_000, () => 'a') })],
  'a list of a million maps': () => [event({ a: many(1_000_000, () => ({ b: 1 })) })],
  'a million keys': () => [event({ a: Object.fromEntries(many(1_000_000, (n) => [`k${n}`, n])) })],
  'a million keys at the top': () => [event(Object.fromEntries(many(1_000_000, (n) => [`k${n}`, n])))],
  'a million targets': () => [event({ target: many(1_000_000, () => ({ id: 'a', type: 'User', displayName: 'a' })) })],
  'no uuid, 10 MB': () => [{ ...event({ a: 'a'.repeat(10_000_000) }), uuid: undefined }],
  'a batch of 1,000 with 64 KB each': () => many(1_000, (n) => event({ uuid: `e${n}`, a: `${n}${'a'.repeat(65_000)}` })),
  'a batch of 10,000 with 500 values each': () => many(10_000, (n) => event({ uuid: `e${n}`, a: many(500, () => 'aaa') })),
};

const longTexts = (count, of) => many(count, (n) => of.repeat(Math.ceil(16_000 / of.length)) + n);
/** By name a rule, and an event that was written for it. */
const PAIRS = {
  '500 regular expressions in one rule': () => [
    `a|re: [${many(500, (n) => `"(.*a){20}b${n}"`).join(', ')}]`,
    { a: longTexts(100, 'a') },
  ],
  '7,000 values that are contained': () => [
    `a|contains: [${many(7_000, (n) => `v${n}x`).join(', ')}]`,
    { a: longTexts(100, 'v') },
  ],
  'the same, with capitals': () => [
    `a|contains|cased: [${many(5_000, (n) => `v${n}x`).join(', ')}]`,
    { a: longTexts(100, 'v') },
  ],
  'gaps between 60 letters': () => [`a: "*${many(60, () => 'a?').join('')}b*"`, { a: longTexts(255, 'a') }],
  'a text of 4,000 that is contained': () => [
    `a|contains: "${'a'.repeat(2_000)}b${'a'.repeat(2_000)}"`,
    { a: longTexts(255, 'a') },
  ],
  'a field that is contained in another': () => [
    'a|fieldref|contains: b',
    { a: longTexts(16, 'a'), b: many(16, () => `${'a'.repeat(5_000)}b${'a'.repeat(5_000)}`) },
  ],
  '3,000 keywords': () => [`"|all": [${many(3_000, () => 'aa').join(', ')}, b]`, { a: longTexts(100, 'a') }],
  '3,000 keywords with gaps': () => [
    `"|all": ["a?a?b", ${many(3_000, (n) => `"a?a${n}"`).join(', ')}]`,
    { a: longTexts(100, 'a') },
  ],
  '6,000 values with wildcards': () => [`a: [${many(5_000, (n) => `"a*${n}x*"`).join(', ')}]`, { a: longTexts(16, 'a1') }],
};

/** Correlations of which each event is a window of its own. */
const WINDOWS = {
  'new values': '{ type: castellan.new_value, rules: [r0], timespan: 30d, condition: { field: a } }',
  counts: '{ type: event_count, rules: [r0], group-by: [], timespan: 1s, condition: { gte: 1 } }',
  percentiles: '{ type: value_percentile, rules: [r0], timespan: 30d, condition: { field: a, gte: 1, percentile: 50 } }',
};

let longest = 0;
let before = performance.now();
setInterval(() => {
  const now = performance.now();
  longest = Math.max(longest, now - before);
  before = now;
}, 1).unref();

/** Of several the least: what disturbs makes it longer only. @returns ms, and what came of it */
async function block(work) {
  let least = Number.POSITIVE_INFINITY;
  let result;
  for (let time = 0; time < TIMES; time += 1) {
    globalThis.gc?.();
    await sleep(5);
    before = performance.now();
    longest = 0;
    result = await work();
    await sleep(5);
    least = Math.min(least, longest);
  }
  return { ms: Math.round(least), result };
}

const detectorOf = (book) =>
  new Detector(
    book,
    new Enricher({
      known: new LearnedFromLog(),
      memory: new HistoriesInMemory(),
      ownNetworks: networksOf([]),
      threats: networksOf([]),
    }),
    new GroupsInMemory(),
  );

const results = {};
function tell(name, ms, what) {
  results[name] = ms;
  note(`${ms > MOST_MS ? 'LONG ' : '     '}${String(ms).padStart(6)} ms  ${name}: ${what}`);
}

const isWanted = ([name]) => wanted === '' || name.includes(wanted);
for (const [name, files] of wanted === 'events' ? [] : Object.entries(RULES).filter(isWanted)) {
  const given = files();
  const { ms, result } = await block(() => readRulesBesides(given));
  const [problem] = result.problems;
  tell(`read: ${name}`, ms, problem === undefined ? `${result.detections.length} rules` : problem.message.slice(0, 80));
  if (result.detections.length === 0) continue;
  const made = await block(() => detectorOf(result));
  tell(`made ready: ${name}`, made.ms, '');
  const held = await block(() => made.result.detect([readEvent(event({ a: 'a'.repeat(5_000) }))], 0));
  tell(`held against 5,000 a: ${name}`, held.ms, `${held.result.matches.length} matches`);
}

const hostile = await readRulesBesides(HELD.map((search, n) => file(rule(n, search), n)));
const ours = await readRulesBesides(await ourRules());
for (const [name, events] of wanted === 'events' ? Object.entries(EVENTS) : Object.entries(EVENTS).filter(isWanted)) {
  const texts = events().map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const raws = texts.map((text) => JSON.parse(text));
  const parsed = await block(() => texts.forEach((text) => JSON.parse(text)));
  tell(`JSON.parse alone: ${name}`, parsed.ms, `${texts.reduce((sum, { length }) => sum + length, 0)} characters`);
  for (const [rules, book] of Object.entries({ hostile, ours })) {
    const { ms } = await block(async () => detectorOf(book).detect(raws.map(readEvent), 0));
    tell(`${rules} rules: ${name}`, ms, '');
  }
}

for (const [name, of] of Object.entries(PAIRS)) {
  if (wanted !== 'events' && !isWanted([`one rule, one event: ${name}`])) continue;
  const [search, more] = of();
  const book = await readRulesBesides([file(rule(0, search))]);
  for (const problem of book.problems) note(`${name}: ${problem.message.slice(0, 100)}`);
  const { ms, result } = await block(() => detectorOf(book).detect([readEvent(event(more))], 0));
  tell(`one rule, one event: ${name}`, ms, `${result.matches.length} matches`);
}

for (const [name, correlation] of Object.entries(WINDOWS)) {
  if (wanted !== 'events' && !isWanted([`windows of one group: ${name}`])) continue;
  const text = `${rule(0, 'eventType: a').replace('title: r0', 'title: r0\nname: r0')}---\ntitle: c\nname: c\ncorrelation: ${correlation}\n`;
  const book = await readRulesBesides([file(text)]);
  for (const problem of book.problems) note(`${name}: ${problem.message.slice(0, 100)}`);
  const events = many(20_000, (n) =>
    readEvent(event({ uuid: `e${n}`, published: new Date(1_780_000_000_000 + n * 10_000).toISOString(), a: n })),
  );
  const { ms, result } = await block(async () => {
    const detector = detectorOf(book);
    let episodes = 0;
    for (let from = 0; from < events.length; from += AT_ONCE) {
      const batch = events.slice(from, from + AT_ONCE);
      const { changed } = await detector.detect(batch, batch.at(-1).at);
      episodes += changed.length;
      // A host asks its database.
      await setImmediate();
    }
    return episodes;
  });
  tell(`20,000 windows of one group: ${name}`, ms, `told ${result} times`);
}
process.stdout.write(`${JSON.stringify(results)}\n`);
