import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { isOneOf } from '../../sql/texts.js';

export const secondFactorNeverEnrolled = defineCheck({
  id: 'second-factor-never-enrolled',
  title: 'People are never asked to enrol a second factor',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'high', when: 'isBuiltIn', because: 'the rule holds for all whom no other names' }],
  subject: 'policy_rule',
  population: 'policy_rules',
  needs: ['policy', 'policy_rule', 'policy_rule.enrolment'],
  parameters: { never: texts('Words for never', ['NEVER']) },
  sql: `SELECT r.key, jsonb_build_object('rule', r.name, 'policy', p.name, 'enrolment', r.enrolment,
      'isBuiltIn', coalesce(r.built_in, false) AND coalesce(p.built_in, false)) AS evidence
    FROM policy_rules r JOIN policies p ON p.integration_id = $integration AND p.key = r.policy COLLATE "C"
      AND p.removed_at IS NULL AND p.status = 'active'
    WHERE r.integration_id = $integration AND r.removed_at IS NULL AND r.status = 'active' AND ${isOneOf('r.enrolment', '$never')}`,
  why: `Whoever is never asked has none on the day on which one is wanted. Then either the person is shut out, or an attacker with the password enrols the first one.`,
  fix: [
    'Let the rule ask at the next sign-in.',
    'Keep the old rule for networks or groups that cannot enrol, if there are any.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Enrollment > the policy > the rule > Edit: Enrollment is, The first time a user signs in.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['IA-2', 'IA-5'], cis: ['6.3'], soc2: ['CC6.1'] },
});
