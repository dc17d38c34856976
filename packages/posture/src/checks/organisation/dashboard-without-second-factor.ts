import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { rulesOfNamedApplications } from '../../sql/named-applications.js';

export const dashboardWithoutSecondFactor = defineCheck({
  id: 'dashboard-without-second-factor',
  title: 'The dashboard of all applications can be entered without a second factor',
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
    'policy_rule.mfaRequired',
  ],
  parameters: { applications: texts('Technical names of the dashboard', ['okta_enduser']) },
  ...rulesOfNamedApplications({
    where: 'NOT t.mfa_required',
    seen: `'secondFactor', false`,
    compares: { 'policy_rule.mfaRequired': 't.mfa_required' },
  }),
  why: `The dashboard shows an attacker what a person may use, and opens each application that does not ask again. A password alone should not be enough for that.`,
  fix: ['See who has no second factor yet, and have one enrolled.', 'Let every rule of this policy ask for two factor types.'],
  console: {
    okta: [
      'Security > Authentication Policies > Okta Dashboard > the rule > Edit: User must authenticate with: Any 2 factor types.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-2(2)'], cis: ['6.3'], soc2: ['CC6.1'], stig: ['OKTA-APP-000570'] },
});
