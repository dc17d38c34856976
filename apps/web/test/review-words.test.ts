import type { AccessReview } from '@castellan/api';
import { reviewOf, signedWords, toSignWords } from '../src/access/review-words.js';

const coverage = { since: '2026-08-28T10:00:00Z', until: null };

test.each([
  [
    { accounts: 1_310, unused: 120, coverage },
    '1,310 people can reach it now. 120 of them were not seen to use it since 28 Aug 2026 (as far back as the log goes).',
  ],
  [
    { accounts: 2, unused: 1, coverage },
    '2 people can reach it now. 1 of them was not seen to use it since 28 Aug 2026 (as far back as the log goes).',
  ],
  [
    { accounts: 1, unused: 0, coverage },
    '1 person can reach it now. They were seen to use it since 28 Aug 2026 (as far back as the log goes).',
  ],
  [
    { accounts: 7, unused: 0, coverage },
    '7 people can reach it now. All of them were seen to use it since 28 Aug 2026 (as far back as the log goes).',
  ],
  [{ accounts: 0, unused: 0, coverage }, '0 people can reach it now.'],
  // Nobody is said not to have used it where nobody has looked.
  [
    { accounts: 5, unused: 5, coverage: null },
    '5 people can reach it now. Use is not known: this integration’s log is not read, or says nothing of use.',
  ],
])('before it is signed: %j', (toSign, words) => {
  expect(toSignWords(toSign)).toBe(words);
});

test('the number that is said to be signed is the one of the file', () => {
  const keep = 'Keep its file: Castellan keeps only its digest.';
  expect(signedWords(310, 310)).toBe(`The review of 310 people is signed. ${keep}`);
  expect(signedWords(309, 310)).toBe(
    `The review of 309 people is signed. The form had said 310: it has changed meanwhile. ${keep}`,
  );
  expect(signedWords(309, undefined)).toBe(`The review of 309 people is signed. ${keep}`);
  expect(signedWords(undefined, 310)).toBe(`The review is signed. ${keep}`);
});

test('a file is of the review whose digest it ends with, and not of the newest', () => {
  const review = (id: string, sha256: string): AccessReview => ({
    id,
    application: { key: 'aws', label: 'AWS' },
    reviewer: { kind: 'user', id: 'u', name: 'Nia' },
    note: null,
    asOf: '2026-11-26T09:30:00.000Z',
    format: 'csv',
    accounts: 3,
    sha256,
    createdAt: '2026-11-26T09:30:00.000Z',
  });
  const reviews = [review('newer', 'a'.repeat(64)), review('mine', 'b'.repeat(64))];
  expect(reviewOf(`sha256 of all before this line,${'b'.repeat(64)}\r\n`, reviews)?.id).toBe('mine');
  expect(reviewOf(`{"sha256":"${'c'.repeat(64)}"}\n`, reviews)).toBeUndefined();
});
