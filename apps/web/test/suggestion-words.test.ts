import { whyWords } from '../src/access/suggestion-words.js';

test.each([
  [{ accounts: 0, losing: 0, breaking: 0 }, 'Nobody reaches it this way: whoever has it is switched off for good, or gone.'],
  [{ accounts: 1, losing: 0, breaking: 0 }, 'They reach it another way as well.'],
  [{ accounts: 40, losing: 0, breaking: 0 }, 'All of them reach it another way as well.'],
  [{ accounts: 40, losing: 1, breaking: 0 }, 'The one who would lose it was not seen to use it for 90 days.'],
  [{ accounts: 40, losing: 31, breaking: 0 }, 'None of the 31 who would lose it was seen to use it for 90 days.'],
  [
    { accounts: 40, losing: 31, breaking: 1 },
    '1 of the 31 who would lose it has used it in the last 90 days: give it to them in another way before.',
  ],
  [
    { accounts: 4_000, losing: 4_000, breaking: 200 },
    '200 of the 4,000 who would lose it have used it in the last 90 days: give it to them in another way before.',
  ],
])('why an assignment can go: %j', (counts, words) => {
  expect(whyWords(counts, 90)).toBe(words);
});
