import { holds, isOfTrigger, type Trigger, unmet } from '../src/index.js';

const TRIGGER: Trigger = { findings: ['some-rule'], severity: 'medium', subject: 'account', when: {}, mostADay: 1 };
const IDS = new Set(['r-1']);

test.each([
  ['a finding of its rule that is as bad as it asks', { rule: 'r-1', severity: 'medium', subjectKind: 'account' }, true],
  ['a worse one', { rule: 'r-1', severity: 'critical', subjectKind: 'account' }, true],
  ['one that is not as bad', { rule: 'r-1', severity: 'low', subjectKind: 'account' }, false],
  ['one of another rule', { rule: 'r-2', severity: 'high', subjectKind: 'account' }, false],
  ['one about something else', { rule: 'r-1', severity: 'high', subjectKind: 'address' }, false],
] as const)('%s', (_, found, expected) => {
  expect(isOfTrigger(TRIGGER, found, IDS)).toBe(expected);
});

test.each([
  ['nothing asked', {}, {}, undefined],
  ['one of the values', { status: ['active', 'locked'] }, { status: 'locked' }, undefined],
  ['none of the values', { status: ['active'] }, { status: 'suspended' }, 'status'],
  ['what is not known does not hold', { isHuman: [true] }, {}, 'isHuman'],
  ['nor does its contrary', { isHuman: [false] }, { isHuman: null }, 'isHuman'],
  ['all have to hold', { isKnown: [true], isHuman: [true] }, { isKnown: true, isHuman: false }, 'isHuman'],
] as const)('conditions: %s', (_, conditions, facts, expected) => {
  expect(unmet(conditions, facts)).toBe(expected);
  expect(holds(conditions, facts)).toBe(expected === undefined);
});
