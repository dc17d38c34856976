import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { asked, passwordPolicies } from '../../sql/password-policies.js';

export const passwordUsedAgain = defineCheck({
  id: 'password-used-again',
  title: 'Earlier passwords may be used again too soon',
  area: 'organisation',
  severity: 'low',
  subject: 'policy',
  population: 'password_policies',
  needs: ['policy', 'policy.password', 'policy.password.history'],
  parameters: { history: count('Earlier passwords that are refused', 5, { min: 1, max: 100 }) },
  ...passwordPolicies({
    where: `${asked('history')} < $history`,
    seen: `'history', ${asked('history')}, 'wanted', $history`,
    compares: ['history'],
  }),
  why: `People go back to the password that they know, and with it comes whoever knew it too. The STIG wants the last five refused; many teams use 24.`,
  fix: ['Raise the number of earlier passwords that are refused.'],
  console: {
    okta: ['Security > Authenticators > Password > Actions > Edit > the policy > Edit: Enforce password history for last.'],
  },
  effort: 'minutes',
  frameworks: { nist: ['IA-5(1)'], cis: ['5.2'], soc2: ['CC6.1'], stig: ['OKTA-APP-003010'] },
});
