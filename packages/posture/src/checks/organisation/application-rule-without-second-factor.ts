import { defineCheck } from '../../check/check.js';
import { APPLICATIONS_BY_POLICY } from '../../sql/applications-by-policy.js';
import { rulesInForce } from '../../sql/rules.js';

export const applicationRuleWithoutSecondFactor = defineCheck({
  id: 'application-rule-without-second-factor',
  title: 'Applications that can be entered without a second factor',
  area: 'organisation',
  severity: 'high',
  context: [
    {
      to: 'low',
      when: 'isNeverReached',
      because: 'a rule before it is for everybody, so that this one seems never to be reached',
    },
    { to: 'low', when: 'isUsedByNone', because: 'no application that is on uses the policy' },
    { to: 'medium', when: 'isManagedDevice', because: 'it wants a device that the organisation manages' },
    { to: 'medium', when: 'isKnownNetwork', because: 'it is for sign-ins from named networks only' },
  ],
  subject: 'policy_rule',
  population: 'application_rules',
  needs: ['application', 'application.policy', 'policy', 'policy_rule', 'policy_rule.requirement', 'policy_rule.mfaRequired'],
  sql: `WITH ${rulesInForce('requirement')}, ${APPLICATIONS_BY_POLICY}
    SELECT t.key, jsonb_build_object('rule', t.name, 'policy', t.policy_name, 'count', coalesce(u.count, 0),
      'applications', coalesce(u.applications, '{}'), 'isNeverReached', t.is_never_reached, 'isUsedByNone', u.policy IS NULL,
      'isManagedDevice', coalesce((t.requirement ->> 'managedDevice')::boolean, false),
      'isKnownNetwork', t.included_zones <> '{}' AND NOT 'ALL_ZONES' = ANY (t.included_zones)) AS evidence
    FROM rules t LEFT JOIN used u ON u.policy = t.policy
    WHERE t.effect IS DISTINCT FROM 'deny' AND t.mfa_required IS FALSE`,
  undecided: `WITH ${rulesInForce('requirement')} SELECT t.key, 'policy_rule.mfaRequired' AS about
    FROM rules t WHERE t.effect IS DISTINCT FROM 'deny' AND t.mfa_required IS NULL`,
  why: `One password is enough for these applications: from a leak, a phishing mail, or tried by the thousand. Of all that can be set, a second factor stops the most attacks.`,
  fix: [
    'See what the applications hold, and whom the rule was made for.',
    'Let the rule ask for two factors; move what cannot do so to a policy of its own.',
    'Look at the log for who signs in by this rule before and after.',
  ],
  console: {
    okta: [
      'Security > Authentication Policies > the policy > the rule > Edit: User must authenticate with: Any 2 factor types.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-2', 'IA-2(2)'], cis: ['6.3'], soc2: ['CC6.1'] },
});
