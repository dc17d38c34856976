import type { Connector } from '@castellan/connector-sdk';
import { ourRules, readRules } from '@castellan/detection';
import { ALL_CHECKS } from '@castellan/posture';
import { ourPlaybooks, SELECTORS, SEVERITIES, stepWords, SUBJECT } from '@castellan/playbooks';

// Connectors are found by their marker, and imported by name: this is one that has every action.
const { connector } = (await import('@castellan/connector-okta' as string)) as { readonly connector: Connector };
const playbooks = (await ourPlaybooks()).map(({ playbook }) => playbook);
const { detections, linked } = await readRules(await ourRules());
const rules = new Map(
  [...detections, ...linked.correlations.map(({ rule }) => rule)].map((rule) => [rule.name ?? rule.id, rule]),
);
const checks = new Map(ALL_CHECKS.map((check) => [check.id, check]));

test.each(playbooks.map((playbook) => [playbook.id, playbook] as const))(
  '%s: its findings are rules and checks that there are',
  (_, { trigger }) => {
    for (const name of trigger.findings) {
      const check = checks.get(name);
      expect([name, rules.has(name) || check !== undefined]).toEqual([name, true]);
      if (check !== undefined) expect(check.subject).toBe(trigger.subject);
    }
  },
);

test.each(playbooks.map((playbook) => [playbook.id, playbook] as const))(
  '%s: no rule of it is milder than it asks',
  (_, { trigger }) => {
    const least = SEVERITIES.indexOf(trigger.severity);
    const milder = trigger.findings.filter((name) => {
      const rule = rules.get(name);
      return rule !== undefined && SEVERITIES.indexOf(rule.level) < least;
    });
    expect(milder).toEqual([]);
  },
);

test.each(playbooks.map((playbook) => [playbook.id, playbook] as const))(
  '%s: its actions are some that there are, done to such records',
  (_, playbook) => {
    for (const step of playbook.steps) {
      expect(stepWords(step, playbook).length).toBeGreaterThan(0);
      if (step.kind !== 'action') continue;
      const action = connector.actions.find(({ name }) => name === step.action);
      const kind = step.on === SUBJECT ? playbook.trigger.subject : SELECTORS[step.on]?.kind;
      expect([step.id, action?.subject]).toEqual([step.id, kind]);
    }
  },
);

/** After these nobody gets in with the account, or gets nothing done with it. */
const TAKES_AWAY = ['suspend-account', 'deactivate-account', 'remove-role', 'remove-factor', 'reset-factors'];

test('nothing takes an account for emergencies away, however and whenever the run has begun', () => {
  const without = playbooks.flatMap(({ id, steps }) =>
    steps.flatMap((step) =>
      step.kind === 'action' && TAKES_AWAY.includes(step.action) && step.when['isForEmergencies']?.join() !== 'false'
        ? [`${id}: ${step.id}`]
        : [],
    ),
  );
  expect(without).toEqual([]);
  const actions = playbooks.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'action' ? [step.action] : [])));
  expect(actions).toEqual(expect.arrayContaining(TAKES_AWAY));
});
