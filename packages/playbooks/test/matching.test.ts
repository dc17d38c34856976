import { askedFacts, holds, unmet } from '../src/index.js';

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

test('what is asked of a subject, by the trigger and by any step', () => {
  const step = { id: 'tell', title: 'Tell', kind: 'notify', says: 'Look.', list: null } as const;
  const trigger = { findings: ['some-rule'], severity: 'medium', subject: 'account', mostADay: 1 } as const;
  const asked = askedFacts({
    trigger: { ...trigger, when: { isKnown: [true] } },
    steps: [
      { ...step, when: {} },
      { ...step, when: { isKnown: [true], isHuman: [false] } },
    ],
  });
  expect([...asked].toSorted()).toEqual(['isHuman', 'isKnown']);
});
