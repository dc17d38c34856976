import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { rulesOfNamedApplications } from '../../sql/named-applications.js';

export const consoleWithoutSecondFactor = defineCheck({
  id: 'console-without-second-factor',
  title: 'The administration console can be entered without a second factor',
  area: 'organisation',
  severity: 'critical',
  context: [
    {
      to: 'medium',
      when: 'isNeverReached',
      because: 'a rule before it is for everybody, so that this one seems never to be reached',
    },
    { to: 'high', when: 'isManagedDevice', because: 'it wants a device that the organisation manages' },
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
  parameters: { applications: texts('Technical names of the administration console', ['saasure']) },
  ...rulesOfNamedApplications({
    where: 'NOT t.mfa_required',
    seen: `'secondFactor', false`,
    compares: { 'policy_rule.mfaRequired': 't.mfa_required' },
  }),
  why: `Whoever has the password of one administrator has the console, and with it everybody's accounts. It is the first thing that attackers of an identity provider try.`,
  fix: [
    'See that each administrator has a second factor, best one that resists phishing.',
    'Let every rule of this policy ask for two factor types.',
    'Keep one account for emergencies that can still sign in, and try it.',
  ],
  console: {
    okta: [
      'Security > Authentication Policies > Okta Admin Console > the rule > Edit: User must authenticate with: Any 2 factor types.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-2(1)'], cis: ['6.5'], soc2: ['CC6.1'], stig: ['OKTA-APP-000560'] },
});
