import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { rulesOfNamedApplications } from '../../sql/named-applications.js';

const RESISTANT = `(t.requirement ->> 'phishingResistant')::boolean`;

export const dashboardWithoutPhishingResistance = defineCheck({
  id: 'dashboard-without-phishing-resistance',
  title: 'The dashboard of all applications accepts factors that can be phished',
  area: 'organisation',
  severity: 'medium',
  context: [
    {
      to: 'low',
      when: 'isNeverReached',
      because: 'a rule before it is for everybody, so that this one seems never to be reached',
    },
    { to: 'low', when: 'isManagedDevice', because: 'it wants a device that the organisation manages' },
  ],
  subject: 'policy_rule',
  population: 'application_rules',
  needs: [
    'application.name:applications',
    'application',
    'application.policy',
    'application.policy of name:applications',
    'policy',
    'policy_rule',
    'policy_rule.requirement',
    'policy_rule.requirement.phishingResistant',
  ],
  parameters: { applications: texts('Technical names of the dashboard', ['okta_enduser']) },
  ...rulesOfNamedApplications({
    where: `NOT ${RESISTANT}`,
    seen: `'phishingResistant', false, 'secondFactor', t.mfa_required`,
    compares: { 'policy_rule.requirement.phishingResistant': RESISTANT },
  }),
  why: `Codes and pushes are passed on by a page that looks like the sign-in, and the attacker is in the dashboard at the same moment. Only an authenticator that is bound to the right address stops this.`,
  fix: [
    'Begin with those who have much to lose: administrators, finance, whoever runs systems.',
    'Offer passkeys or security keys to all, and see how many have enrolled one.',
    'Add the demand to the rules of this policy, group by group.',
  ],
  console: {
    okta: [
      'Security > Authentication Policies > Okta Dashboard > the rule > Edit: Possession factor constraints are: Phishing resistant.',
    ],
  },
  effort: 'days',
  frameworks: { nist: ['IA-2(2)', 'IA-2(8)'], cis: ['6.3'], soc2: ['CC6.1'], stig: ['OKTA-APP-000180'] },
});
