import { defineCheck } from '../../check/check.js';
import { namesZone, policyHasRules } from '../../sql/rules.js';

export const sessionPolicyWithoutNetwork = defineCheck({
  id: 'session-policy-without-network',
  title: 'Session policy that does not look at the network',
  area: 'organisation',
  severity: 'low',
  subject: 'policy',
  population: 'session_policies',
  needs: ['policy', 'policy_rule', 'policy_rule.session', 'network_zone'],
  sql: `SELECT p.key, jsonb_build_object('policy', p.name, 'isBuiltIn', coalesce(p.built_in, false), 'priority', p.priority) AS evidence
    FROM policies p
    WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active'
      AND ${policyHasRules('p', 'session')} AND NOT ${policyHasRules('p', 'session', namesZone('r'))}`,
  why: `A sign-in from the other end of the world is treated as one from the next room. With networks in the rules an attacker who has a password and a second factor has still to come from a place that you expect.`,
  fix: [
    'Make zones of the networks that people work in, and of those that nobody should come from.',
    'Add a rule to the policy that refuses the latter, before all others.',
    'Or one that wants more from outside of the former.',
  ],
  console: {
    okta: [
      'Security > Networks: make the zones.',
      `Security > Global Session Policy > the policy > Add rule: IF User's IP is, in or not in zone.`,
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-3', 'SC-7'], soc2: ['CC6.6'], stig: ['OKTA-APP-003242'] },
});
