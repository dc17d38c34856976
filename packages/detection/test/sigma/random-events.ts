import fc from 'fast-check';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** So few characters that what one says another asks for: what is special to Sigma, to JSON and to regular expressions among them. */
const CHARS = ['a', 'a', 'b', 'b', 'A', 'B', '*', '?', '\\', '-', '–', '.', '%', ' ', 'ä', 'Ä', '😀'];
export const someText = (maxLength: number) =>
  fc.array(fc.constantFrom(...CHARS), { maxLength }).map((chars) => chars.join(''));

/** What is looked for encoded. */
export const WORDS = ['ab', 'aab', 'a-b', 'aäb', 'bab😀', 'abab'];
const ENCODED = WORDS.flatMap((word) => {
  const bytes = (['utf8', 'utf16le'] as const).map((encoding) => Buffer.from(word, encoding));
  const big = Buffer.from(word, 'utf16le').swap16();
  const marked = Buffer.from(`\uFEFF${word}`, 'utf16le');
  return [...bytes, big, marked].flatMap((one) =>
    ['', '', 'x', 'xy', 'xyz'].map((before) =>
      Buffer.concat([Buffer.from(before), one, Buffer.from(before)]).toString('base64'),
    ),
  );
});
const WIDE = WORDS.map((word) => [...word].join('\0') + '\0');

/** Addresses, times and numbers, and what only looks like one. */
const ADDRESSES = [
  '10.0.0.1',
  '10.0.200.9',
  '203.0.113.7',
  '2001:db8::1',
  '2001:DB8:0:1::2',
  '::1',
  '10.1',
  '010.0.0.1',
  '167772161',
  '',
];
const TIMES = [
  '2026-11-27T23:59:30.000Z',
  '2026-02-01T00:00:00Z',
  '2025-11-01T09:59:00.123Z',
  '2026-11-27T11:59',
  '1',
  'a',
  '',
];
const NUMBERS = [0, 1, 2, 3, -1, 1.5, '0', '1', '2', '-1', '1.5', '', ' ', '1a', 'a', true, null];

const leaf = fc.oneof(
  { weight: 8, arbitrary: someText(4) },
  { weight: 2, arbitrary: fc.constantFrom('a\nb', 'b\na', 'A\nb\na', 'a/b', 'a―b', '-b', '/b', '.―a –b', 'b ―a', '--b') },
  { weight: 2, arbitrary: fc.constantFrom(...ENCODED) },
  { weight: 1, arbitrary: fc.constantFrom(...WIDE) },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
);

export const NAMES = ['a', 'b', 'A', 'Ab', 'aB', 'c d', 'constructor'];
/** Names with a dot in them, as logs have them that somebody has flattened. */
const FLAT = ['a.b', 'b.A', 'B.a.b'];

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: fc.dictionary(fc.constantFrom(...NAMES, ...NAMES, ...FLAT), tie('value'), { maxKeys: 3 }) },
  ),
}));

const orMany = (one: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: fc.array(one, { maxLength: 3 }) });

/** An event: most have something under each name. */
export const someEvent = fc
  .record({
    named: fc.dictionary(fc.constantFrom(...NAMES, ...NAMES, ...FLAT), anything, {
      minKeys: 2,
      maxKeys: 6,
      noNullPrototype: true,
    }),
    typed: fc.record(
      {
        ip: orMany(fc.constantFrom(...ADDRESSES)),
        at: orMany(fc.constantFrom(...TIMES)),
        n: orMany(fc.constantFrom(...NUMBERS)),
        encoded: orMany(fc.constantFrom(...ENCODED, ...ENCODED, ...WIDE, ...WORDS)),
        words: orMany(someText(8)),
      },
      { requiredKeys: ['n'], noNullPrototype: true },
    ),
  })
  .map(({ named, typed }) => ({ ...named, ...typed }));
