import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { asked, passwordPolicies } from '../../sql/password-policies.js';

export const passwordsTriedWithoutLock = defineCheck({
  id: 'passwords-tried-without-lock',
  title: 'Passwords can be tried too often before an account is locked',
  area: 'organisation',
  severity: 'low',
  context: [{ to: 'high', when: 'isNeverLocked', because: 'accounts are never locked' }],
  subject: 'policy',
  population: 'password_policies',
  needs: ['policy', 'policy.password', 'policy.password.maxAttempts'],
  parameters: { attempts: count('Tries that are allowed', 3, { min: 1, max: 100 }) },
  ...passwordPolicies({
    where: `(${asked('maxAttempts')} > $attempts OR ${asked('maxAttempts')} = 0)`,
    seen: `'maxAttempts', ${asked('maxAttempts')}, 'allowed', $attempts, 'unlockMinutes', ${asked('unlockMinutes')},
      'isNeverLocked', ${asked('maxAttempts')} = 0`,
    compares: ['maxAttempts'],
  }),
  why: `With enough tries a program finds a weak password. With very few, anybody can lock out anybody else: the STIG wants three, many teams use five to ten.`,
  fix: [
    'Set after how many tries an account is locked.',
    'Let locks from devices that were never seen not lock out the ones that were, where that can be set.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Password > Actions > Edit > the policy > Edit: Lock out user after unsuccessful attempts.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['AC-7'], soc2: ['CC6.1'], stig: ['OKTA-APP-000170'] },
});
