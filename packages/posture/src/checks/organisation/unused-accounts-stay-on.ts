import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';

/** `ends`: whether it ends the use of an account. */
const RULES = `SELECT r.key, r.name, p.name AS policy, (r.inactivity ->> 'days')::numeric AS days,
        r.inactivity ->> 'outcome' IN ('suspend', 'deprovision', 'delete') AS ends
      FROM policy_rules r JOIN policies p ON p.integration_id = $integration AND p.key = r.policy COLLATE "C"
        AND p.removed_at IS NULL AND p.status = 'active'
      WHERE r.integration_id = $integration AND r.removed_at IS NULL AND r.status = 'active' AND r.inactivity IS NOT NULL`;

export const unusedAccountsStayOn = defineCheck({
  id: 'unused-accounts-stay-on',
  title: 'Accounts that nobody uses are not switched off by themselves',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'low', when: 'noneSeen', because: 'no such rule is seen at all, so that another system may do it' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['policy', 'policy_rule', 'policy_rule.inactivity.days'],
  parameters: { days: days('Days without use that are allowed', 35) },
  sql: `SELECT 'organisation' AS key, jsonb_build_object('allowed', $days, 'noneSeen', count(*) = 0, 'count', count(*),
      'rules', coalesce((array_agg(coalesce(i.policy, i.name, i.key) || ': ' || coalesce(i.days::text, '?') ORDER BY i.key))[1:20], '{}')) AS evidence
    FROM (${RULES}) i HAVING NOT coalesce(bool_or((i.days <= $days OR i.days IS NULL) AND i.ends), false)`,
  undecided: `SELECT 'organisation' AS key, 'policy_rule.inactivity.days' AS about
    FROM (${RULES}) i HAVING bool_or(i.days IS NULL AND i.ends) AND NOT coalesce(bool_or(i.days <= $days AND i.ends), false)`,
  why: `Nobody notices when an account that nobody uses is used by somebody else. A rule does not forget what people forget. The STIG wants 35 days; many teams use 60 to 90.`,
  fix: [
    'See which accounts it would meet: those for emergencies and for programs belong into a group that it leaves alone.',
    'Make a rule that suspends accounts after so many days without use.',
    'If another system does this, write down which, and ignore this finding with that reason.',
  ],
  console: {
    okta: [
      'Workflow > Automations > Add Automation: condition User Inactivity in Okta, action Change User lifecycle state in Okta.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-2(3)'], cis: ['5.3'], soc2: ['CC6.2'], stig: ['OKTA-APP-000090'] },
  only: 'okta',
});
