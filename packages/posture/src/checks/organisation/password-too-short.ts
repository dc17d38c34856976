import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { asked, passwordPolicies } from '../../sql/password-policies.js';

export const passwordTooShort = defineCheck({
  id: 'password-too-short',
  title: 'Passwords may be too short',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'high', when: 'isVeryShort', because: 'fewer than eight characters are enough' }],
  subject: 'policy',
  population: 'password_policies',
  needs: ['policy', 'policy.password', 'policy.password.minLength'],
  parameters: { length: count('Characters that a password must have', 15, { min: 4, max: 256 }) },
  ...passwordPolicies({
    where: `${asked('minLength')} < $length`,
    seen: `'minLength', ${asked('minLength')}, 'wanted', $length, 'isVeryShort', ${asked('minLength')} < 8`,
    compares: ['minLength'],
  }),
  why: `Short passwords are found by trying, from a list of stolen hashes in hours. Length helps more than anything else that is asked of a password. The STIG wants 15 characters; many teams use 12 to 14.`,
  fix: ['Raise the length in the policy; people notice at their next change.', 'Tell them that a few words together are fine.'],
  console: { okta: ['Security > Authenticators > Password > Actions > Edit > the policy > Edit: Minimum length.'] },
  effort: 'minutes',
  frameworks: { nist: ['IA-5(1)'], cis: ['5.2'], soc2: ['CC6.1'], stig: ['OKTA-APP-000650'] },
});
