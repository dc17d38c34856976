import { readRules } from '../../src/rule-book.js';
import { RuleSet } from '../../src/sigma/rule-set.js';

/** Whether a rule with this search matches; throws what is wrong with it. */
function matches(search: string, event: unknown, placeholders: Record<string, readonly string[]> = {}): boolean {
  const text = `title: t\nlogsource: { product: acme }\ndetection:\n  selection:\n${search.replaceAll(/^/gm, '    ')}\n  condition: selection\n`;
  const { detections, problems } = readRules([{ name: 'a.yml', text }], placeholders);
  if (problems.length > 0) throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  let found = false;
  new RuleSet(detections).match(event, () => (found = true));
  return found;
}

const EVENT = {
  eventType: 'user.session.start',
  actor: { alternateId: 'Ana@acme.example', id: '00u1' },
  client: { ipAddress: '203.0.113.7', zone: null },
  target: [
    { type: 'User', displayName: 'Bo' },
    { type: 'AppInstance', displayName: 'Payroll (EU)' },
  ],
  outcome: { result: 'SUCCESS', reason: '' },
  published: '2026-11-27T23:59:30.000Z',
  securityContext: { isProxy: true },
  count: 17,
  path: 'C:\\Windows\\cmd.exe /c whoami',
  empty: [],
  zones: [null, 'a'],
  flag: '"-c" –-verbose',
  smile: 'a😀b',
  Risk: 'low',
  RISK: ['high'],
  'Debug.Data.url': '/admin',
  local: '2026-11-27 10:05:00',
};

describe.each([
  // What is written is found whatever its capitals, and nothing else is.
  ['eventType: USER.session.START', true],
  ['eventType: user.session', false],
  ['EVENTTYPE: user.session.start', true],
  ['eventType: user.session.*', true],
  ['eventType: "*.start"', true],
  ['eventType: "*session*"', true],
  ['eventType: user.?ession.start', true],
  ['eventType: user.??ssion.start', true],
  ['eventType: user.????ession.start', false],
  ['eventType: "user.*.*.start"', false],
  ['eventType: ["a", user.session.start]', true],
  // A list on the way, or at the end, is what any of it is.
  ['target.type: AppInstance', true],
  ['target.displayName: payroll (eu)', true],
  ['target.type: Group', false],
  ['target.0.type: User', false],
  // Booleans and numbers are what they look like.
  ['securityContext.isProxy: true', true],
  ["securityContext.isProxy: 'true'", true],
  ['count: 17', true],
  ["count: '17'", true],
  ['count: 1?', true],
  // Nothing.
  ['client.zone: null', true],
  ['client.nothing: null', true],
  ['actor.id: null', false],
  ["outcome.reason: ''", true],
  ["client.zone: ''", false],
  ['client.zone|exists: true', true],
  ['client.nothing|exists: false', true],
  ['client.nothing|exists: true', false],
  ['empty|exists: true', true],
  ['empty: null', true],
  // Of a list any of it is.
  ['zones: null', true],
  ['target.displayName: null', false],
  // Keys that differ in their capitals are both meant by a third way to write them, and not by their own.
  ['risk: low', true],
  ['risk: high', true],
  ['Risk: high', false],
  // A name with dots as one key.
  ['Debug.Data.url: /admin', true],
  ['debug.data.url: /admin', true],
  ['data.url: /admin', false],
  // A character is one, however it is kept.
  ['smile: a?b', true],
  ['smile: a??b', false],
  ['smile|startswith: a?', true],
  // Where in the text.
  ['eventType|contains: SESSION', true],
  ['eventType|startswith: user.', true],
  ['eventType|endswith: .start', true],
  ['eventType|startswith: session', false],
  ['eventType|endswith: session', false],
  ['eventType|contains: s?ss', true],
  ['eventType|contains|all: [user, start]', true],
  ['eventType|contains|all: [user, stop]', false],
  ['target.type|all: [User, AppInstance]', true],
  ['target.type|all: [User, Group]', false],
  // Capitals.
  ['actor.alternateId|cased: Ana@acme.example', true],
  ['actor.alternateId|cased: ana@acme.example', false],
  ['actor.alternateId|contains|cased: ana', false],
  // Not.
  ['eventType|neq: user.session.end', true],
  ['eventType|neq: user.session.start', false],
  ['target.type|neq: User', false],
  ['eventType|contains|neq: [session, x]', false],
  // Numbers.
  ['count|gt: 16', true],
  ['count|gt: 17', false],
  ['count|gte: 17', true],
  ['count|lt: 17', false],
  ['count|lte: 17', true],
  ["count|lt: '18'", true],
  ['eventType|gt: 1', false],
  // Time.
  ['published|hour: 23', true],
  ['local|hour: 10', true],
  ['count|year: 2001', false],
  ['published|minute: 59', true],
  ['published|day: 27', true],
  ['published|week: 48', true],
  ['published|month: 11', true],
  ['published|year: 2026', true],
  ['published|hour|gte: 22', true],
  ['published|hour|lt: 22', false],
  ['eventType|hour: 0', false],
  // Regular expressions.
  ['eventType|re: ^user\\.(session|x)', true],
  ['eventType|re: ^USER', false],
  ['eventType|re|i: ^USER', true],
  ['path|re: "cmd.exe$"', false],
  // Addresses.
  ['client.ipAddress|cidr: 203.0.113.0/24', true],
  ['client.ipAddress|cidr: [10.0.0.0/8, 203.0.113.7]', true],
  ['client.ipAddress|cidr: 2001:db8::/32', false],
  ['eventType|cidr: 0.0.0.0/0', false],
  // Backslashes.
  ['path: C:\\Windows\\cmd.exe*', true],
  ['path|contains: \\Windows\\', true],
  ['path|contains: \\*', false],
  ['target.displayName|contains: (EU)', true],
  // Flags.
  ['path|windash|contains: " -c "', true],
  ['path|contains: " -c "', false],
  ['path|contains|windash|all: [" -c", whoami]', true],
  ['path|contains|windash|all: [" -c", nobody]', false],
  ['flag|contains|windash: \'"/c"\'', true],
  ['flag|contains|windash: "--verbose"', false],
  ['flag|contains|windash: "–/verbose"', true],
  ["path|contains|windash: 'Windows-cmd'", false],
  // Other fields.
  ['actor.alternateId|fieldref: actor.alternateId', true],
  ['actor.alternateId|fieldref: actor.id', false],
  ['actor.alternateId|fieldref|neq: actor.id', true],
  ['target.displayName|fieldref|startswith: target.displayName', true],
  // Anywhere.
  ["- 'payroll'", true],
  ["- 'nowhere'", false],
  ["'|all': ['payroll', '203.0.113']", true],
  ["'|all': ['payroll', 'nowhere']", false],
  // A list of maps is one of them; a map is all of it.
  ['- { eventType: x }\n- { count: 17 }', true],
  ['eventType: user.session.start\ncount: 18', false],
])('%s', (search, expected) => {
  test(`${expected ? 'matches' : 'does not match'}`, () => expect(matches(search, EVENT)).toBe(expected));
});

test.each([
  ['a value', { a: 'b' }, { exists: true, isNull: false }],
  ['an empty text', { a: '' }, { exists: true, isNull: false }],
  ['null', { a: null }, { exists: true, isNull: true }],
  ['an empty list', { a: [] }, { exists: true, isNull: true }],
  ['nothing', {}, { exists: false, isNull: true }],
])('a field with %s: "exists" asks whether it is there, and null whether it is without a value', (_, event, expected) => {
  expect({ exists: matches('a|exists: true', event), isNull: matches('a: null', event) }).toEqual(expected);
  expect({ exists: !matches('a|exists: false', event), isNull: !matches('a|neq: null', event) }).toEqual(expected);
});

test('what was encoded is found encoded', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  expect(matches('a|base64: whoami', { a: base64('whoami') })).toBe(true);
  for (const before of ['', 'x', 'xy', 'xyz'])
    for (const behind of ['', '1', '12', '123'])
      expect([before, matches('a|base64offset|contains: whoami', { a: base64(`${before}whoami${behind}`) })]).toEqual([
        before,
        true,
      ]);
  expect(matches('a|base64offset|contains: whoami', { a: base64('whoamx') })).toBe(false);
  expect(matches('a|base64offset|contains|all: [whoami, admin]', { a: base64('xwhoami /admin') })).toBe(true);
  expect(matches('a|base64offset|contains|all: [whoami, admin]', { a: base64('xwhoami') })).toBe(false);
  expect(matches('a|wide|base64: cmd', { a: Buffer.from('cmd', 'utf16le').toString('base64') })).toBe(true);
  expect(matches('a|utf16le: cmd', { a: 'c\0m\0d\0' })).toBe(true);
  expect(matches('a|utf16be: cmd', { a: '\0c\0m\0d' })).toBe(true);
  expect(matches('a|utf16|base64: cmd', { a: Buffer.from('\uFEFFcmd', 'utf16le').toString('base64') })).toBe(true);
});

test('placeholders stand for what the workspace has set, and a rule with one that is not set is told', () => {
  expect(matches('a|expand: "%admins%"', { a: 'bo' }, { admins: ['ana', 'bo'] })).toBe(true);
  expect(matches('a|expand: "%admins%"', { a: '%admins%' }, { admins: ['ana'] })).toBe(false);
  expect(matches('a: "%admins%"', { a: '%admins%' })).toBe(true);
  expect(matches('a|expand: "%x%-%y%"', { a: '2-3' }, { x: ['1', '2'], y: ['3'] })).toBe(true);
  // A placeholder is one of its values, also where all lines are asked for.
  expect(matches('a|contains|expand|all: ["%x%", "%y%"]', { a: '23' }, { x: ['1', '2'], y: ['3'] })).toBe(true);
  expect(matches('a|contains|expand|all: ["%x%", "%y%"]', { a: '12' }, { x: ['1', '2'], y: ['3'] })).toBe(false);
  expect(() => matches('a|expand: "%admins%"', {})).toThrow(
    '5: detection.selection.a|expand: nothing is set for the placeholder %admins%.',
  );
});

test.each([
  ['eventType|like: x', 'there is no modifier "like"'],
  ['eventType|contains|contains: x', '"contains" stands there twice'],
  ['eventType|exists: maybe', '"exists" needs true or false'],
  ['count|gt: many', '"gt" needs a number'],
  ['eventType|re: "(?<=a)b"', 'this is no regular expression that can be used here'],
  ['eventType|re: "("', 'this is no regular expression that can be used here'],
  [`eventType|re: "${'a{1000}'.repeat(6)}"`, 'repeats its parts more than 2000 times'],
  ['eventType|re: "(a{30}b{30}){30}(c{30}d{30}){30}(e{30}f{30}){30}"', 'more than 2000 steps'],
  [`eventType|windash: [${'" -a -b -c -d",'.repeat(200)}]`, 'modifiers that make more than 100000 values'],
  ['eventType|i: x', '"i" belongs behind "re"'],
  ['client.ipAddress|cidr: 10.0.0.0/99', '"cidr" needs a range'],
  ['eventType: { a: b }', 'a value is expected, and this is a map'],
  ['eventType: [[a]]', 'a value is expected, and this is a list or a map'],
  ['eventType: []', 'there is no value'],
  [`eventType: "${'*a'.repeat(65)}"`, 'a value with more than 64 wildcards'],
  [`eventType: "*${'a'.repeat(5_000)}"`, 'a value with wildcards and more than 4096 characters'],
  ["'|contains': x", '"contains" needs a field'],
  // Meaningless: it would say less than it seems to, or something else.
  ['eventType|contains|all: x', '"all" is about several values, and there is one'],
  ['eventType|contains|all: [x]', '"all" is about several values, and there is one'],
  ["'|all': x", '"all" is about several values, and there is one'],
  ['eventType|re|startswith: x', '"re" and "startswith" do not go together'],
  ['eventType|startswith|endswith: x', '"startswith" and "endswith" do not go together'],
  ['client.ipAddress|cidr|contains: 10.0.0.0/8', '"cidr" and "contains" do not go together'],
  ['count|gt|lt: 3', '"gt" and "lt" do not go together'],
  ['published|hour|minute: 3', '"hour" and "minute" do not go together'],
  ['eventType|exists|cased: true', '"exists" and "cased" do not go together'],
  ['published|fieldref|hour: actor.id', '"fieldref" and "hour" do not go together'],
])('%s is a mistake that is told', (search, message) => {
  expect(() => matches(search, {})).toThrow(message);
});
