import { defineCheck } from '../../check/check.js';
import { APPLICATIONS_BY_POLICY } from '../../sql/applications-by-policy.js';
import { namesZone, policyHasRules } from '../../sql/rules.js';

export const applicationPolicyWithoutNetwork = defineCheck({
  id: 'application-policy-without-network',
  title: 'Policy for applications that does not look at the network',
  area: 'organisation',
  severity: 'low',
  subject: 'policy',
  population: 'application_policies',
  needs: ['application', 'application.policy', 'policy', 'policy_rule', 'policy_rule.requirement', 'network_zone'],
  sql: `WITH ${APPLICATIONS_BY_POLICY}
    SELECT p.key, jsonb_build_object('policy', p.name, 'count', u.count, 'applications', u.applications) AS evidence
    FROM policies p JOIN used u ON u.policy COLLATE "C" = p.key
    WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active'
      AND ${policyHasRules('p', 'requirement')} AND NOT ${policyHasRules('p', 'requirement', namesZone('r'))}`,
  why: `These applications let somebody in from any network in the world, as long as the rest is right. Most are used from a few countries, and some from a few offices.`,
  fix: [
    'Ask the owners of the applications from where they are used.',
    'Add a rule that refuses the rest, or that wants more of who comes from there.',
  ],
  console: {
    okta: [
      'Security > Networks: make the zones.',
      `Security > Authentication Policies > the policy > Add rule: User's IP is, in or not in zone.`,
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-3', 'SC-7'], soc2: ['CC6.6'], stig: ['OKTA-APP-003244'] },
});
