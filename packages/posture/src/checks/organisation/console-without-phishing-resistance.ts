import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { rulesOfNamedApplications } from '../../sql/named-applications.js';

const RESISTANT = `(t.requirement ->> 'phishingResistant')::boolean`;

export const consoleWithoutPhishingResistance = defineCheck({
  id: 'console-without-phishing-resistance',
  title: 'The administration console accepts factors that can be phished',
  area: 'organisation',
  severity: 'high',
  context: [
    {
      to: 'low',
      when: 'isNeverReached',
      because: 'a rule before it is for everybody, so that this one seems never to be reached',
    },
    { to: 'medium', when: 'isManagedDevice', because: 'it wants a device that the organisation manages' },
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
  parameters: { applications: texts('Technical names of the administration console', ['saasure']) },
  ...rulesOfNamedApplications({
    where: `NOT ${RESISTANT}`,
    seen: `'phishingResistant', false, 'secondFactor', t.mfa_required`,
    compares: { 'policy_rule.requirement.phishingResistant': RESISTANT },
  }),
  why: `A page that looks like the sign-in passes on a password, a code and an approved push while the administrator types them. Security keys, passkeys and authenticators that are bound to the address do not work on the wrong page.`,
  fix: [
    'Have such an authenticator enrolled by each administrator, and a second one as a spare.',
    'Add the demand to every rule of this policy.',
    'Try it with one account before it holds for all.',
  ],
  console: {
    okta: [
      'Security > Authentication Policies > Okta Admin Console > the rule > Edit: Possession factor constraints are: Phishing resistant.',
    ],
  },
  effort: 'days',
  frameworks: { nist: ['IA-2(1)', 'IA-2(8)'], cis: ['6.5'], soc2: ['CC6.1'], stig: ['OKTA-APP-000190'] },
});
