import { playbookFiles, readPlaybook } from '../src/index.js';

const GOOD = `id: two-steps
version: 3
title: Two steps
summary: It asks, and does.
trigger:
  findings: [some-check]
  severity: medium
  subject: account
  when: { status: [active, locked], isHuman: true }
  most-a-day: 10
deadline: 2d
steps:
  - id: ask
    title: Ask
    approval: Shall it?
    within: 24h
    declined: no
    late: act
  - id: act
    title: Act
    action: remove-role
    on: role-assignments
    most: 5
end:
  done: Done.
  no: Not wanted.
`;

test('a good one is read as it stands', () => {
  expect(readPlaybook({ name: 'two.yml', text: GOOD })).toEqual({
    playbook: {
      id: 'two-steps',
      version: 3,
      title: 'Two steps',
      summary: 'It asks, and does.',
      trigger: {
        findings: ['some-check'],
        severity: 'medium',
        subject: 'account',
        when: { status: ['active', 'locked'], isHuman: [true] },
        mostADay: 10,
      },
      deadline: { text: '2d', ms: 172_800_000 },
      steps: [
        {
          kind: 'approval',
          id: 'ask',
          title: 'Ask',
          when: {},
          asks: 'Shall it?',
          within: { text: '24h', ms: 86_400_000 },
          declined: 'no',
          late: 'act',
        },
        {
          kind: 'action',
          id: 'act',
          title: 'Act',
          when: {},
          action: 'remove-role',
          on: 'role-assignments',
          where: {},
          most: 5,
          required: false,
          refused: null,
        },
      ],
      ends: { done: 'Done.', no: 'Not wanted.' },
    },
  });
});

/** What stands there, what stands in its place, and what is said of it: line, field, a part of the sentence. */
const MISTAKES: readonly (readonly [string, string, string, number, string, string])[] = [
  ['no YAML', 'version: 3', 'version: [3', 3, '', 'This is no YAML'],
  ['a tag that there is not', 'version: 3', 'version: !third 3', 2, '', 'Unresolved tag: !third'],
  ['a step that leads where every object leads', 'late: act', 'late: constructor', 18, 'steps.0.late', 'no end "constructor"'],
  [
    'a key that there is not',
    'most-a-day: 10',
    'most-a-day: 10\n  often: true',
    11,
    'trigger.often',
    'there is no "often": known are findings',
  ],
  ['nothing where something has to be', 'version: 3\n', '', 1, '', '"version" is missing'],
  ['a name that is none', 'id: two-steps', 'id: Two Steps', 1, 'id', 'small letters'],
  ['a severity that there is not', 'severity: medium', 'severity: bad', 7, 'trigger.severity', 'known are informational, low'],
  ['a kind that nobody knows', 'subject: account', 'subject: person', 8, 'trigger.subject', 'known are account, application'],
  ['a fact that nobody knows', 'isHuman: true', 'isTall: true', 9, 'trigger.when.isTall', 'known are isKnown, status'],
  ['a value that a fact has not', '[active, locked]', '[active, asleep]', 9, 'trigger.when.status', 'is one of staged'],
  ['a text for a switch', 'isHuman: true', 'isHuman: "yes"', 9, 'trigger.when.isHuman', 'true or false'],
  ['the same finding twice', '[some-check]', '[some-check, some-check]', 6, 'trigger.findings.1', 'stands there twice'],
  ['no limit', '  most-a-day: 10\n', '', 5, 'trigger', '"most-a-day" is missing'],
  ['a time that is none', 'within: 24h', 'within: a day', 16, 'steps.0.within', 'such as 15m, 24h or 7d'],
  ['two steps of one name', 'id: act', 'id: ask', 19, 'steps.1.id', 'two steps "ask"'],
  ['a step that leads nowhere', 'late: act', 'late: later', 18, 'steps.0.late', 'no step and no end "later"'],
  ['a step that leads back', 'late: act', 'late: ask', 18, 'steps.0.late', 'forwards only'],
  ['an end that nobody comes to', 'no: Not wanted.', 'no: Not wanted.\n  never: Never.', 27, 'end.never', 'no step leads here'],
  ['no end for the last step', '  done: Done.\n', '', 24, 'end', '"done" is missing'],
  [
    'an end with the name of a step',
    'no: Not wanted.',
    'no: Not wanted.\n  act: Acted.',
    19,
    'steps.1.id',
    'there is an end "act"',
  ],
  [
    'two kinds of step in one',
    'title: Act',
    'title: Act\n    notify: Told.',
    19,
    'steps.1',
    'one of action, notify, approval, wait',
  ],
  [
    'a key of another kind of step',
    'most: 5',
    'most: 5\n    late: no',
    24,
    'steps.1.late',
    'known are id, title, when, action',
  ],
  ['several records without a limit', '    most: 5\n', '', 19, 'steps.1', '"most" is missing'],
  [
    'a required step of which nobody knows where it goes',
    'most: 5',
    'most: 5\n    required: true',
    19,
    'steps.1',
    '"refused" is missing',
  ],
  ['a way from a step that waits for nothing', 'most: 5', 'most: 5\n    refused: no', 24, 'steps.1.refused', '"required"'],
  [
    'such a way that leads back',
    'most: 5',
    'most: 5\n    required: true\n    refused: ask',
    25,
    'steps.1.refused',
    'forwards only',
  ],
  [
    'records that such a subject has not',
    'on: role-assignments',
    'on: unused-assignments',
    22,
    'steps.1.on',
    'it is one of subject, role-assignments',
  ],
  ['a deadline before the end of waiting', 'deadline: 2d', 'deadline: 1h', 11, 'deadline', 'shorter than all'],
];

test.each(MISTAKES)('%s is told with its line and the way out', (_, good, bad, line, field, says) => {
  expect(GOOD.split(good)).toHaveLength(2);
  const read = readPlaybook({ name: 'two.yml', text: GOOD.replace(good, bad) });
  expect(read).toEqual({ problem: { file: 'two.yml', line, field, message: expect.stringContaining(says) } });
});

test('a wait that says both ways leaves the step behind it unreached', () => {
  const wait = `  - id: wait\n    title: Wait\n    wait: { event: [sign_in] }\n    within: 1d\n    came: done\n    late: no\n`;
  const text = GOOD.replace('  - id: act', `${wait}  - id: act`).replace('late: act', 'late: no');
  expect(readPlaybook({ name: 'two.yml', text })).toMatchObject({
    problem: { field: 'steps.2', message: 'no step leads here' },
  });
});

test('those that come with the product can be read, each by the name of its file', async () => {
  const files = await playbookFiles();
  expect(files.map(({ name }) => name)).toEqual([
    'account-takeover.yml',
    'dormant-administrator.yml',
    'leaver-with-access.yml',
    'mfa-fatigue.yml',
    'rogue-identity-provider.yml',
    'stolen-session.yml',
    'unused-access.yml',
  ]);
  for (const file of files) expect(readPlaybook(file)).toMatchObject({ playbook: { id: file.name.replace('.yml', '') } });
});
