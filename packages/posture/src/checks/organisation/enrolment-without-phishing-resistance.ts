import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { isOneOf } from '../../sql/texts.js';
import { policyHasRules } from '../../sql/rules.js';

const FROM = `FROM policies p
    WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active' AND ${isOneOf('p.name', '$policies')}`;

const letsIn = (test: string): string =>
  policyHasRules(
    'p',
    'requirement',
    `r.effect IS DISTINCT FROM 'deny' AND (r.requirement ->> 'phishingResistant')::boolean ${test}`,
  );

export const enrolmentWithoutPhishingResistance = defineCheck({
  id: 'enrolment-without-phishing-resistance',
  title: 'A new authenticator can be added with factors that can be phished',
  area: 'organisation',
  severity: 'high',
  subject: 'policy',
  population: 'application_policies',
  needs: [
    'policy.name:policies',
    'policy',
    'policy_rule',
    'policy_rule.requirement',
    'policy_rule.requirement.phishingResistant',
  ],
  parameters: { policies: texts('Policies that decide on changes of one’s own account', ['Okta Account Management Policy']) },
  sql: `SELECT p.key, jsonb_build_object('policy', p.name) AS evidence ${FROM}
      AND ${letsIn('IS FALSE')} AND NOT ${letsIn('IS NOT FALSE')}`,
  undecided: `SELECT p.key, 'policy_rule.requirement.phishingResistant' AS about ${FROM}
      AND ${letsIn('IS NULL')} AND NOT ${letsIn('IS TRUE')}`,
  why: `An attacker who has got in once, by a code that was talked out of somebody, adds an authenticator of their own and can come back whenever they like. Passkeys do not help while a weaker factor is enough to add another.`,
  fix: [
    'Add a rule for the enrolment of authenticators that wants one that resists phishing.',
    'Before it, a rule for the first one: from a known network or a managed device only.',
    'Leave the rule for all the rest as the last.',
  ],
  console: { okta: ['Security > Authentication Policies > Okta Account Management Policy > Add rule.'] },
  effort: 'hours',
  frameworks: { nist: ['IA-5'], cis: ['6.3'], soc2: ['CC6.1'] },
});
