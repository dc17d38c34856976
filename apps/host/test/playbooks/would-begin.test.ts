import type { Matched } from '../../src/playbooks/playbook-starts.js';
import { wouldBegin } from '../../src/playbooks/would-begin.js';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-11-20T12:00:00.000Z');
const TRIGGER = { findings: ['r'], severity: 'low', subject: 'account', when: {}, mostADay: 2 } as const;
const PLAYBOOK = { trigger: TRIGGER, deadline: { text: '3d', ms: 72 * HOUR } };

const found = (subjectKey: string, hours: number, integrationId = 'one'): Matched => ({
  candidate: {
    integrationId,
    findingId: `${subjectKey} ${hours}`,
    incidentId: null,
    opening: `${subjectKey} ${hours}`,
    rule: 'r',
    severity: 4,
    subjectKind: 'account',
    subjectKey,
    label: null,
    at: new Date(NOON + hours * HOUR),
  },
  subject: { name: null, facts: {} },
});
const held = (matched: readonly Matched[]) => {
  const { begun, overLimit, behind } = wouldBegin(matched, PLAYBOOK);
  const [begins, waits, follows] = [begun, overLimit, behind].map((some) => some.map(({ candidate }) => candidate.opening));
  return { begins, waits, follows };
};

test('no more a day than may begin, of all integrations, whatever order they come in', () => {
  expect(held([found('d', 25), found('c', 23), found('b', 1, 'two'), found('a', 0)])).toEqual({
    begins: ['d 25', 'b 1', 'a 0'],
    waits: ['c 23'],
    follows: [],
  });
});

test('one subject after the other, until the deadline of the first; the same key elsewhere is another one', () => {
  expect(held([found('a', 0), found('a', 71), found('a', 72), found('a', 30, 'two')])).toEqual({
    begins: ['a 72', 'a 30', 'a 0'],
    waits: [],
    follows: ['a 71'],
  });
});

test('what has waited for another day holds nobody of the same subject back', () => {
  expect(held([found('a', 0), found('b', 1), found('c', 2), found('c', 26)])).toEqual({
    begins: ['c 26', 'b 1', 'a 0'],
    waits: ['c 2'],
    follows: [],
  });
});
