import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { asked, passwordPolicies } from '../../sql/password-policies.js';

export const passwordKeptTooLong = defineCheck({
  id: 'password-kept-too-long',
  title: 'Passwords do not expire, or very late',
  area: 'organisation',
  severity: 'low',
  subject: 'policy',
  population: 'password_policies',
  needs: ['policy', 'policy.password', 'policy.password.maxAgeDays'],
  parameters: { days: days('Days that a password may be kept', 60) },
  ...passwordPolicies({
    where: `(${asked('maxAgeDays')} > $days OR ${asked('maxAgeDays')} = 0)`,
    seen: `'maxAgeDays', ${asked('maxAgeDays')}, 'allowed', $days, 'isUnlimited', ${asked('maxAgeDays')} = 0`,
    compares: ['maxAgeDays'],
  }),
  why: `A password that leaked years ago still works. The STIG wants a new one each 60 days, others each 90 to 365; NIST wants one only when there is a reason, so switch this check off if every sign-in has a second factor.`,
  fix: [
    'Decide whether passwords expire here, and write down why.',
    'If so, set the days in the policy; if not, see that leaked ones are found and that everybody has a second factor.',
  ],
  console: { okta: ['Security > Authenticators > Password > Actions > Edit > the policy > Edit: Password expires after.'] },
  effort: 'minutes',
  frameworks: { nist: ['IA-5(1)'], soc2: ['CC6.1'], stig: ['OKTA-APP-000745'] },
});
