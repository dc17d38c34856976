import { readRules } from '../src/rule-book.js';

const told = (text: string): readonly string[] =>
  readRules([{ name: 'own.yml', text }]).problems.map(({ line, message }) => `${line}: ${message}`);

const rule = (search: string, condition = 's1'): string => `title: t
name: one
logsource: { product: acme }
detection:
  s1: { ${search} }
  s2a: { b: 1 }
  s2b: { c: 1 }
  condition: "${condition}"
`;
const count = (condition: string): string =>
  `${rule('a: 1')}---\ntitle: c\ncorrelation:\n  type: event_count\n  rules: [one]\n  timespan: 1h\n${condition}`;

const NO_MAP = '15: correlation.condition: it is no map: write condition:';

test.each([
  ['  condition: "> 5"', `${NO_MAP} { gt: 5 }.`],
  ['  condition: ">=5"', `${NO_MAP} { gte: 5 }.`],
  ['  condition: "!= 0.5"', `${NO_MAP} { neq: 0.5 }.`],
  ['  condition: 7', `${NO_MAP} { gte: 7 }.`],
  ['  condition: many', `${NO_MAP} { gte: 5 }.`],
  ['  condition: [gte, 5]', `${NO_MAP} { gte: 5 }.`],
  ['  condition: { gte: "5" }', '15: correlation.condition.gte: "gte" needs a number: write gte: 5, without quotes.'],
  ['  condition: { gte: many }', '15: correlation.condition.gte: "gte" needs a number.'],
  ['', '11: correlation.condition: it needs one of gt, gte, lt, lte, eq, neq: write condition: { gte: 5 }.'],
])('of a correlation, "%s" is told with what to write instead', (condition, message) => {
  expect(told(count(condition))).toEqual([message]);
});

test.each([
  ['s1 and not s2*', 'there is no search "s2*": write "1 of s2*" or "all of s2*".'],
  ['s1 and !s2a', 'there is no search "!s2a": write "not s2a".'],
  ['s1 & s2a', '"&" is not expected there: write "and".'],
  ['s1 s2a', '"s2a" is not expected there: write "and" or "or" before it.'],
  ['1 of s2', 'no search is called "s2": write "s2*" for all that begin so.'],
  ['s-1', 'there is no search "s-1": is "s1" meant?'],
  ['nobody', 'there is no search "nobody".'],
])('the condition "%s" is told with what to write instead', (condition, message) => {
  expect(told(rule('a: 1', condition))).toEqual([`8: detection.condition: ${message}`]);
});

const LOOKS = 'ask for that in a search of its own, and write "not" before it in the condition where it must not be there.';

test.each([
  ['(?!x)y', `it cannot look ahead or behind ("(?!"): ${LOOKS}`],
  ['x(?=y)', `it cannot look ahead or behind ("(?="): ${LOOKS}`],
  ['(?<!x)y', `it cannot look ahead or behind ("(?<!"): ${LOOKS}`],
  ['(?<=x)y', `it cannot look ahead or behind ("(?<="): ${LOOKS}`],
  ['(a)\\1', 'it cannot repeat what a group has found ("\\1"): write out what it may be.'],
  ['(?>a)b', '"(?>" is not known, nor needed: all are found in linear time without it.'],
  ['a++', '"++" is not known, nor needed: all are found in linear time without it.'],
  // Not what they look like.
  ['[(?!]\\(?!\\\\(', expect.not.stringContaining('look ahead')],
])('the regular expression %s is told with the way out', (regex, message) => {
  const [only, ...others] = told(rule(`a|re: '${regex}'`));
  const before = '5: detection.s1.a|re: this is no regular expression that can be used here: ';
  expect([only?.slice(0, before.length), only?.slice(before.length), others]).toEqual([before, message, []]);
});

test.each([
  ['published|hour: 25', '"hour" goes from 0 to 23, and this is 25.'],
  ['published|hour|gte: 24', '"hour" goes from 0 to 23, and this is 24.'],
  ['published|hour: 9.5', '"hour" goes from 0 to 23, and this is 9.5.'],
  ['published|minute: 60', '"minute" goes from 0 to 59, and this is 60.'],
  ['published|day: 0', '"day" goes from 1 to 31, and this is 0.'],
  ['published|week: 54', '"week" goes from 1 to 53, and this is 54.'],
  ['published|month: 13', '"month" goes from 1 to 12, and this is 13.'],
  ['published|year: 2026.5', '"year" is a whole number, and this is 2026.5.'],
])('%s is met by no instant, and is told', (search, message) => {
  expect(told(rule(search))).toEqual([`5: detection.s1.${search.slice(0, search.indexOf(':'))}: ${message}`]);
});

test.each(['published|hour|lt: 24', 'published|hour: 0', 'published|hour: 23', 'published|day|gt: 0', 'published|year: 1999'])(
  '%s is none',
  (search) => expect(told(rule(search))).toEqual([]),
);

test.each(['global', 'reset', 'repeat'])(
  'of "action: %s" it is told that it is obsolete, and not what is missing beside it',
  (action) => {
    expect(told(`title: t\naction: ${action}\n`)).toEqual([
      `2: action: "action: ${action}" is obsolete: write into each rule all that is of it, and take "action" out.`,
    ]);
  },
);

test('an action of somebody else is a key of their own', () => {
  expect(told(`${rule('a: 1')}action: block\n`)).toEqual([]);
});
