import fc from 'fast-check';
import { namePattern } from '../src/config/name-pattern.js';
import { selectionOf, type SelectionConfig } from '../src/index.js';

const ALL: SelectionConfig = {
  includeGroups: [],
  excludeGroups: [],
  includeApplications: [],
  excludeApplications: [],
  skipAppGroups: false,
  skipFactors: false,
};

/** The definition, letter by letter, without any cleverness: exponential, and only for short texts. */
function means(pattern: string, text: string): boolean {
  const [first, ...rest] = [...pattern];
  if (first === undefined) return text === '';
  const others = rest.join('');
  const letters = [...text];
  if (first === '*') return letters.some((_, index) => means(others, letters.slice(index).join(''))) || means(others, '');
  const [letter, ...left] = letters;
  return letter !== undefined && (first === '?' || first === letter) && means(others, left.join(''));
}

describe('a pattern', () => {
  const short = (letters: string): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((parts) => parts.join(''));

  it('means what the definition says', () => {
    fc.assert(
      fc.property(short('ab*?'), short('ab\u{1F511}'), (pattern, text) => {
        expect(namePattern([pattern])(text)).toBe(means(pattern, text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('finds every name that it was cut from, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        expect(namePattern([`${before}*${after}`])(`${before}.*[x]${after}`)).toBe(true);
        expect(namePattern(['*'])(before)).toBe(true);
        expect(namePattern([before])(before.toUpperCase().toLowerCase())).toBe(namePattern([before])(before.toLowerCase()));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['eng-*', 'ENG-Berlin', true],
    ['Eng-*', 'Engineering', false],
    ['*admin*', 'Domain Admins', true],
    ['team ?', 'Team 7', true],
    ['team ?', 'Team 77', false],
    ['a.c', 'abc', false],
    ['[a-z]+', 'abc', false],
    ['(x)$', '(X)$', true],
    ['\u039f\u0394\u039f\u03a3*', '\u03bf\u03b4\u03bf\u03c2 7', true],
    ['caf\u00e9', 'cafe\u0301', true],
    ['', 'x', false],
  ])('%s on %s: %s', (pattern, name, expected) => {
    expect(namePattern([pattern])(name)).toBe(expected);
  });

  it('takes no longer for a pattern that was made to take long', () => {
    const matches = namePattern(Array.from({ length: 200 }, (_, index) => `${'*a'.repeat(90)}${index}b`));
    const start = performance.now();
    expect(matches('a'.repeat(255))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('a selection', () => {
  it('is everything when nothing is set', () => {
    const selection = selectionOf(ALL);
    expect(selection.group('Sales', 'OKTA_GROUP')).toBe(true);
    expect(selection.group(null, null)).toBe(true);
    expect(selection.application(null)).toBe(true);
    expect(selection.describe()).toEqual([]);
  });

  it('takes "without" before "only", and groups apart from applications', () => {
    const selection = selectionOf({
      ...ALL,
      includeGroups: ['Sales*', 'HR'],
      excludeGroups: ['*test*'],
      excludeApplications: ['Old ?'],
    });
    expect(selection.group('sales DE', 'OKTA_GROUP')).toBe(true);
    expect(selection.group('Sales Test', 'OKTA_GROUP')).toBe(false);
    expect(selection.group('Legal', 'OKTA_GROUP')).toBe(false);
    expect(selection.group(null, 'OKTA_GROUP')).toBe(false);
    expect(selection.application('Old 1')).toBe(false);
    expect(selection.application('Sales Test')).toBe(true);
    expect(selection.describe()).toEqual([
      'Only groups whose name matches "Sales*" or "HR" are read.',
      'The groups whose name matches "*test*" are left out.',
      'The applications whose label matches "Old ?" are left out.',
    ]);
  });

  it('leaves out what an application masters, and factors, and says so', () => {
    const selection = selectionOf({ ...ALL, skipAppGroups: true, skipFactors: true });
    expect(selection.group('AD Users', 'APP_GROUP')).toBe(false);
    expect(selection.group('AD Users', 'OKTA_GROUP')).toBe(true);
    expect(selection.group('AD Users', null)).toBe(true);
    expect(selection.describe()).toEqual([
      'Groups that an application masters are left out.',
      "People's factors are left out.",
    ]);
  });

  it('does not list two hundred patterns in a sentence', () => {
    const includeApplications = Array.from({ length: 200 }, (_, index) => `app${index}`);
    const [sentence = ''] = selectionOf({ ...ALL, includeApplications }).describe();
    expect(sentence).toMatch(/"app4" or 195 more patterns are read\.$/);
  });
});
