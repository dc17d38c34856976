import { conditionWords, readPlaybook, stepWords } from '../src/index.js';

test('a condition is a sentence', () => {
  const when = { isKnown: [true], isForEmergencies: [false], status: ['password_expired', 'locked'] };
  expect(conditionWords(when, 'the account')).toEqual([
    'The account is there still.',
    'The account is in no list of accounts for emergencies.',
    'The account is password expired or locked.',
  ]);
});

const FILE = `id: seen
version: 1
title: Seen
summary: It waits, asks, and does.
trigger: { findings: [some-check], severity: medium, subject: account, most-a-day: 10 }
deadline: 9d
steps:
  - { id: back, title: Wait, wait: { event: [sign_in, api] }, within: 1d, came: still }
  - { id: ask, title: Ask, approval: Shall it?, within: 7d, declined: still, late: act }
  - { id: act, title: Act, action: remove-factor, on: authenticators, where: { factorType: push }, when: { isHuman: true }, most: 5, required: true, refused: left }
end:
  done: Done.
  still: Still used.
  left: Left as it is.
`;

test('a step says to whom, under which condition, how long, and where it goes on', () => {
  const read = readPlaybook({ name: 'seen.yml', text: FILE });
  if (!('playbook' in read)) throw new Error(JSON.stringify(read.problem));
  expect(read.playbook.steps.map((step) => stepWords(step, read.playbook))).toEqual([
    [
      'Wait until the log shows of the subject: sign_in or api, 1 day at most.',
      'When it comes: end as "still".',
      'When it does not: go on with the next step.',
    ],
    ['Ask a person: Shall it?', 'Declined: end as "still".', 'Without an answer within 7 days: go on with "Act".'],
    [
      'Only if the subject is a person.',
      'The action remove-factor, done to each of its factors.',
      'Of them, those whose factorType is push.',
      'With more than 5 of them nothing is done, and a person is asked.',
      'Nothing goes on before that is done, by hand if need be.',
      'When nothing of it is done: end as "left".',
    ],
  ]);
});
