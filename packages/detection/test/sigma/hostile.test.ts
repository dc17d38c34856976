import { readEvent } from '../../src/log-event.js';
import { readRules } from '../../src/rule-book.js';
import { RuleSet } from '../../src/sigma/rule-set.js';

const rule = (search: string): string =>
  `title: ${JSON.stringify(search)}\nlogsource: { product: acme }\ndetection: { s: { ${search} }, condition: s }\n`;

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

test('what is no rule is told, and the rules beside it are used', () => {
  const { detections, problems } = readRules([
    { name: 'deep.yml', text: `title: ${deep(20_000)}` },
    { name: 'bomb.yml', text: `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [${'*b, '.repeat(200)}*b]\nd: [${'*c, '.repeat(200)}*c]` },
    { name: 'list.yml', text: '- a\n- b' },
    { name: 'tabs.yml', text: 'title:\n\t- a' },
    { name: 'large.yml', text: `title: ${'x'.repeat(1_100_000)}` },
    {
      name: 'long.yml',
      text: `${rule('b: 1')}---\ntitle: long\nlogsource: { product: acme }\ndetection: { s: { a: [${'value, '.repeat(10_000)}] }, condition: s }\n---\n${rule('b|like: 1')}`,
    },
    { name: 'empty.yml', text: '' },
    { name: 'two.yml', text: `${rule('a: 1')}---\n${rule('a|like: 1')}---\n# nothing\n` },
    { name: 'untitled.yml', text: 'logsource: { product: acme }\ndetection: { s: { a: 1 }, condition: s }' },
    { name: 'level.yml', text: `${rule('a: 1')}level: huge` },
    {
      name: 'count.yml',
      text: 'title: t\nlogsource: { product: acme }\ndetection:\n  s: { a: 1 }\n  timeframe: 5m\n  condition: s',
    },
  ]);
  expect(detections.map(({ file }) => file)).toEqual(['long.yml', 'two.yml']);
  const told = problems.map(({ file, line, message }) => `${file}:${line}: ${message.slice(0, 60)}`);
  expect(told).toEqual([
    expect.stringMatching(/^deep\.yml:1: /),
    expect.stringMatching(/^bomb\.yml:1: This is no YAML that can be read/),
    'list.yml:1: A rule is a map, and this is none.',
    expect.stringMatching(/^tabs\.yml:2: This is no YAML/),
    'large.yml:1: The file has more than 1000000 characters.',
    expect.stringMatching(/^long\.yml:4: The document has more than 65536 characters/),
    expect.stringMatching(/^long\.yml:11: detection\.s\.b\|like: there is no modifier "like"/),
    expect.stringMatching(/^two\.yml:7: detection\.s\.a\|like: there is no modifier "like"/),
    expect.stringMatching(/^untitled\.yml:1: title: a rule needs a title/),
    expect.stringMatching(/^level\.yml:4: level: "huge" is none of the levels/),
    expect.stringMatching(/^count\.yml:5: detection\.timeframe: "timeframe" is obsolete/),
  ]);
});

const SEARCHES = [
  'a|re: "(a+)+b$"',
  'a|re: "(a|aa)+b"',
  'a: "*a*a*a*a*a*a*a*a*b"',
  'a: "*?a?a?a?a?a?a?a?b*"',
  'a|contains: b',
  '"|all": [b, c]',
  'a|cidr: 10.0.0.0/8',
  'a|fieldref|contains: b',
  'a.b.c.d: x',
  'a|gt: 1',
  'a|hour: 1',
];

test.each([
  ['a text of ten million characters', { a: 'a'.repeat(10_000_000) }],
  ['lists in lists', { a: JSON.parse(deep(10_000)) as unknown }],
  ['maps in maps', { a: JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`) as unknown }],
  ['a list of a million', { a: Array.from({ length: 1_000_000 }, () => 'a') }],
  ['nothing', null],
  ['a text', 'a'],
  ['a number', 17],
  [
    'what looks like a prototype',
    JSON.parse('{"__proto__":{"a":"b"},"constructor":1,"a":{"b":{"c":{"d":[null,{},[],true]}}}}') as unknown,
  ],
  ['wrong types', { a: { toString: 1, valueOf: null }, target: null, actor: [], client: 7 }],
])('%s is looked at in parts, and hides nothing that stands beside it', (_, event) => {
  const { detections, problems } = readRules(
    [...SEARCHES, 'z: "*here"'].map((search, n) => ({ name: `${n}.yml`, text: rule(search) })),
  );
  expect(problems).toEqual([]);
  const isMap = typeof event === 'object' && event !== null;
  const found: string[] = [];
  // How long it takes is measured by `npm run bench -- detection-hostile`; without bounds some of these take minutes.
  new RuleSet(detections).match(isMap ? { ...event, z: 'it is here' } : event, ({ file }) => found.push(file));
  // What the others ask for is in none of these.
  expect(found).toEqual(isMap ? [`${SEARCHES.length}.yml`] : []);
});

test('a correlation with thousands of aliases that nobody uses is told some of them', () => {
  const names = Array.from({ length: 1_000 }, (_, n) => `f${'x'.repeat(20)}${n}`);
  const aliases = names.map((name) => `    ${name}y: {}`).join('\n');
  const text = `title: c\ncorrelation:\n  type: event_count\n  rules: [r]\n  timespan: 1h\n  condition: { gte: 1 }\n  group-by: [${names.join(', ')}]\n  aliases:\n${aliases}\n`;
  const about = 'title: r\nlogsource: {}\ndetection: { s: { a: 1 }, condition: s }\n';
  const { problems } = readRules([{ name: 'a.yml', text: `${about}---\n${text}` }]);
  // For each that is looked for among all names it takes as long again.
  expect(problems.map(({ message }) => message.includes('nothing is grouped by it: is "'))).toEqual(Array(5).fill(true));
});

test('an event without an id that is too deep to be told from others is none, with one it is', () => {
  const deepEvent = (more: string): unknown =>
    JSON.parse(`{"published":"2026-11-27T10:00:00.000Z","eventType":"a"${more},"a":${deep(50_000)}}`);
  expect(readEvent(deepEvent(''))).toBeUndefined();
  expect(readEvent(deepEvent(',"uuid":"e"'))).toMatchObject({ id: 'e', type: 'a' });
});

test('an event that was made to be slow hides nothing that stands at its beginning', () => {
  const { detections } = readRules([
    { name: 'a.yml', text: rule('a|re: "^b"') },
    { name: 'b.yml', text: rule('a: b*') },
    { name: 'c.yml', text: rule('"|all": [bbb, bb]') },
  ]);
  const found: string[] = [];
  new RuleSet(detections).match({ a: ['b'.repeat(10_000_000)] }, ({ file }) => found.push(file));
  expect(found).toEqual(['a.yml', 'b.yml', 'c.yml']);
});

test('a regular expression looks at so many characters of a field, whatever their number of values', () => {
  const { detections } = readRules([
    // More than a thousand steps, and so about as many characters.
    { name: 'slow.yml', text: rule('a|re: "(x{30}){30}|b"') },
    { name: 'fast.yml', text: rule('a|re: b') },
  ]);
  const found = (before: number): readonly string[] => {
    const files: string[] = [];
    const values = [...Array.from({ length: before }, (_, n) => `${n}`.padEnd(100, 'a')), 'b'];
    new RuleSet(detections).match({ a: values }, ({ file }) => files.push(file));
    return files.toSorted();
  };
  expect(found(5)).toEqual(['fast.yml', 'slow.yml']);
  expect(found(30)).toEqual(['fast.yml']);
});

test('of an object with thousands of keys a field is found whatever its capitals, at once or with another between', () => {
  const { detections } = readRules(
    ['Key9000: x', 'key8000: x', 'key10.KEY.c: x', 'none: x'].map((search, n) => ({ name: `${n}`, text: rule(search) })),
  );
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`KEY${n}`, n === 9_000 ? 'x' : 'y']));
  const matched = (event: object): readonly string[] => {
    const files: string[] = [];
    new RuleSet(detections).match(event, ({ file }) => files.push(file));
    return files.toSorted();
  };
  expect(matched(many)).toEqual(['0']);
  expect(matched({ ...many, 'Key10.key.C': 'x' })).toEqual(['0', '2']);
  expect(matched({ ...many, key8000: 'x' })).toEqual(['0', '1']);
});

test('a rule has so many regular expressions, and all rules so many filters, and no more', () => {
  const expressions = (count: number): string =>
    rule('a: 1').replace('a: 1 },', `a|re: [${Array.from({ length: count }, (_, n) => `b${n}`).join(', ')}] },`);
  expect(readRules([{ name: 'a.yml', text: expressions(100) }]).problems).toEqual([]);
  const [problem] = readRules([{ name: 'a.yml', text: expressions(101) }]).problems;
  expect(problem?.message).toContain('more than 100 regular expressions');
  const filter = (n: number): string => `title: f${n}\nlogsource: {}\nfilter: { rules: any, s: { b: ${n} }, condition: s }\n`;
  const filters = Array.from({ length: 502 }, (_, n) => filter(n)).join('---\n');
  const { filters: taken, problems } = readRules([{ name: 'f.yml', text: `${rule('a: 1')}---\n${filters}` }]);
  expect(taken).toHaveLength(500);
  expect(problems.map(({ message }) => message)).toEqual(
    Array(2).fill(expect.stringContaining('more than 500 filters of all')),
  );
});

test('a condition stands for so many searches', () => {
  const searches = Array.from({ length: 1_500 }, (_, n) => `  s${n}: { a: ${n} }\n`).join('');
  const text = (count: number): string =>
    `title: t\nlogsource: {}\ndetection:\n${searches}  condition: ${Array.from({ length: count }, () => '1 of s*').join(' or ')}\n`;
  expect(readRules([{ name: 'few.yml', text: text(6) }]).problems).toEqual([]);
  const [problem] = readRules([{ name: 'many.yml', text: text(1_000) }]).problems;
  expect(problem?.message).toContain('a condition that stands for more than 10000 searches');
});

const titled = (title: string, more = ''): string =>
  `title: ${title}\nlogsource: { product: acme }\ndetection: { s: { a: 1 }, condition: s }\n${more}`;

test.each([
  ['a title with a character that no database keeps', titled('"a\\0b"'), 'title: it has a character that is no text.'],
  ['half a character', titled('"a\\uD800b"'), 'title: it has a character that is no text.'],
  ['an author like that', titled('a', 'author: "\\x01"'), 'author: it has a character that is no text.'],
  ['advice like that', titled('a', 'falsepositives: ["\\x07"]'), 'falsepositives.0: it has a character that is no text.'],
  ['a title of thousands', titled('x'.repeat(6_000)), 'title: "title" has more than 500 characters.'],
])('%s is told: what is found by it could not be kept', (_what, text, message) => {
  const { detections, problems } = readRules([{ name: 'own.yml', text }]);
  expect(detections).toEqual([]);
  expect(problems.map((one) => one.message)).toEqual([message]);
});

test('of thousands of correlations each about the next those near the ground are used, the others told', () => {
  const link = (n: number): string =>
    `title: c${n}\nname: c${n}\ncorrelation: { type: event_count, rules: [${n === 0 ? 'a' : `c${n - 1}`}], group-by: [b], timespan: 1h, condition: { gte: 1 } }\n`;
  const chain = Array.from({ length: 6_000 }, (_, n) => link(5_999 - n));
  const { linked, problems } = readRules([{ name: 'own.yml', text: [titled('a'), ...chain].join('---\n') }]);
  expect(linked.correlations.length).toBeLessThan(100);
  expect(problems.some(({ message }) => message.includes('more than 20 of which each is about the next'))).toBe(true);
  expect(linked.correlations.length + problems.length).toBeGreaterThanOrEqual(6_000);
});
