import fc from 'fast-check';
import { NAMES, someText, WORDS } from './random-events.js';

type Line = readonly [key: string, value: unknown];

const some = fc.constantFrom;
const field = fc.oneof(
  { weight: 6, arbitrary: some(...NAMES, 'B', 'AB', 'C D') },
  { weight: 4, arbitrary: some('a.b', 'a.a', 'b.A', 'A.ab', 'b.AB', 'Ab.b', 'a.b.a', 'toString', 'a.constructor') },
  { weight: 1, arbitrary: some('n', 'N', 'ip', 'at', 'nowhere') },
);
const oneOrMore = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 2, arbitrary: value }, { weight: 1, arbitrary: fc.array(value, { minLength: 1, maxLength: 3 }) });

/** @param before modifiers whose order says something @param options of which there are any, in whatever order */
function line(
  fields: fc.Arbitrary<string>,
  before: fc.Arbitrary<readonly string[]>,
  options: readonly string[],
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<Line> {
  return fc.record({ name: fields, before, after: fc.shuffledSubarray([...options]), value: oneOrMore(value) }).map((all) => {
    const isMany = Array.isArray(all.value) && all.value.length > 1;
    const modifiers = [...new Set([...all.before, ...all.after])].filter((option) => option !== 'all' || isMany);
    return [[all.name, ...modifiers].join('|'), all.value];
  });
}

const none = some([]);
const place = some<readonly string[]>([], [], ['contains'], ['contains'], ['startswith'], ['endswith']);
const placed = (first: readonly string[]) => place.map((where) => [...first, ...where]);

const wildcards = some(
  '*',
  '?',
  'a*',
  '*b',
  'a?',
  '*a*',
  '\\*',
  '\\?',
  '\\\\*',
  '\\\\',
  '\\',
  '\\\\\\*',
  'a\\b',
  '?*',
  '*\\*',
  '',
);
const asked = fc.oneof(
  { weight: 3, arbitrary: someText(3) },
  { weight: 3, arbitrary: some('a', 'b', 'ab', 'A', 'ä', '-', '.', 'a–b') },
  { weight: 3, arbitrary: wildcards },
);
const EXPRESSIONS = [
  '^a',
  'b$',
  'a.b',
  '(a|b)+',
  '[^a]b',
  'a{2,3}',
  '^[a-b]+$',
  'a?b*$',
  '\\.',
  'A\\\\?',
  '^B',
  '^.$',
  'ä',
  '^$',
];
const RANGES = [
  '10.0.0.0/8',
  '10.0.0.0/16',
  '10.0.0.1',
  '203.0.113.0/24',
  '2001:db8::/32',
  '2001:db8:0:1::/64',
  '::1/128',
  '0.0.0.0/0',
];

const encodings = some<readonly string[]>(
  ['base64'],
  ['base64offset', 'contains'],
  ['wide', 'base64'],
  ['utf16be', 'base64'],
  ['utf16', 'base64'],
  ['utf16le', 'base64offset', 'contains'],
  ['utf16be', 'base64offset', 'contains'],
  ['windash', 'base64'],
  ['windash', 'wide', 'base64offset', 'contains'],
);

const someLine = fc.oneof(
  { weight: 3, arbitrary: line(field, none, ['neq'], fc.oneof(asked, some(null, '', 0, 1, 1.5, true, false))) },
  { weight: 6, arbitrary: line(field, place, ['cased', 'all', 'neq'], asked) },
  {
    weight: 2,
    arbitrary: line(
      field,
      some(['windash'], ['windash', 'contains'], ['contains', 'windash'], ['windash', 'contains', 'all']),
      ['cased', 'all', 'neq'],
      some('-b', '-a', '/b', 'a-', '–', 'a-b-', 'b ―a', '.-b', '?/a', '--b'),
    ),
  },
  {
    weight: 2,
    arbitrary: line(
      field,
      placed(['expand']),
      ['cased', 'neq', 'all'],
      some('%few%', '%like%', 'a%few%', '\\%few%', '%like%%few%', '%', 'a'),
    ),
  },
  {
    weight: 3,
    arbitrary: line(
      field,
      fc.subarray(['i', 'm', 's']).map((flags) => ['re', ...flags]),
      ['neq', 'all'],
      some(...EXPRESSIONS),
    ),
  },
  { weight: 2, arbitrary: line(some('ip', 'IP'), some(['cidr']), ['neq', 'all'], some(...RANGES)) },
  {
    weight: 2,
    arbitrary: line(some('n', 'N', 'a', 'a.b'), some(['lt'], ['lte'], ['gt'], ['gte']), ['neq'], some(0, 1, 2, -1, 1.5, '1')),
  },
  { weight: 1, arbitrary: line(some('n', 'N', 'a'), none, ['neq'], some(0, 1, 2, -1, 1.5, '1', '1?', null)) },
  {
    weight: 1,
    arbitrary: line(some('at'), some(['hour'], ['minute'], ['day'], ['month'], ['year']), ['neq'], some(1, 9, 11)),
  },
  { weight: 1, arbitrary: line(some('at'), some(['hour'], ['minute']), ['neq'], some(0, 23)) },
  { weight: 1, arbitrary: line(some('at'), some(['year'], ['year', 'gte']), ['neq'], some(59, 2026)) },
  {
    weight: 1,
    arbitrary: line(
      some('at'),
      some(['hour', 'gte'], ['minute', 'lt'], ['day', 'gt'], ['month', 'lte']),
      ['neq'],
      some(1, 9, 11),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(field, fc.boolean()).map(([name, is]): Line => [`${name}|exists`, is]) },
  { weight: 2, arbitrary: line(field, placed(['fieldref']), ['cased', 'neq', 'all'], field) },
  { weight: 3, arbitrary: line(some('encoded', 'Encoded', 'a'), encodings, ['cased', 'neq', 'all'], some(...WORDS)) },
  {
    weight: 1,
    arbitrary: line(
      some('encoded', 'a'),
      some(['wide'], ['wide', 'contains'], ['utf16le', 'startswith']),
      ['neq'],
      some('ab', 'aab', 'a', 'a-b'),
    ),
  },
  {
    weight: 2,
    arbitrary: line(
      some('words', 'WORDS', 'a'),
      some(['contains', 'all'], ['contains']),
      ['neq', 'cased', 'windash'],
      some('a', 'b', '-', '-a', '?', '\\?'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(
        asked.filter((text) => text !== ''),
        { minLength: 2, maxLength: 3 },
      )
      .map((all): Line => ['|all', all]),
  },
);

const someMap = fc.array(someLine, { minLength: 1, maxLength: 3 }).map((lines) => Object.fromEntries(lines));
const keyword = asked.filter((text) => text !== '');
const someSearch = fc.oneof(
  { weight: 5, arbitrary: someMap },
  { weight: 2, arbitrary: fc.array(someMap, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.oneof(someMap, keyword), { minLength: 1, maxLength: 3 }) },
  { weight: 2, arbitrary: fc.array(keyword, { minLength: 1, maxLength: 3 }) },
);

const SEARCHES = ['sel_a', 'sel_b', 'fil_a', 'fil_b', '_hid'];

const { condition: someCondition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    some(...SEARCHES),
    some('1 of them', 'all of them', '1 of sel*', 'all of sel_*', 'all of *_a', '1 of *', '1 of f*_*', 'not 1 of fil*'),
    tie('condition').map((one) => `not ${one.includes(' ') ? `(${one})` : one}`),
    fc.tuple(tie('condition'), some('and', 'or'), tie('condition')).map((words) => words.join(' ')),
    tie('condition').map((one) => `(${one})`),
  ),
}));

const someDetection = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .record({
        searches: fc.record(Object.fromEntries(SEARCHES.map((name) => [name, someSearch])), { noNullPrototype: true }),
        condition: fc.oneof(
          { weight: 6, arbitrary: someCondition },
          { weight: 1, arbitrary: fc.array(someCondition, { minLength: 1, maxLength: 2 }) },
        ),
      })
      .map(({ searches, condition }) => ({ ...searches, condition })),
  },
  // Where much is joined, a part that is wrong is seldom seen.
  { weight: 3, arbitrary: someLine.map(([key, value]) => ({ only: { [key]: value }, condition: 'only' })) },
);

/** A rule, as its file says it. */
export const someRule = someDetection.map((detection) => ({ title: 'random', logsource: { product: 'acme' }, detection }));
