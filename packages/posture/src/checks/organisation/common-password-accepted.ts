import { defineCheck } from '../../check/check.js';
import { passwordPolicies } from '../../sql/password-policies.js';

export const commonPasswordAccepted = defineCheck({
  id: 'common-password-accepted',
  title: 'Passwords that many people use are accepted',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'high', when: 'isNeverLocked', because: 'and accounts are never locked, however many are tried' }],
  subject: 'policy',
  population: 'password_policies',
  needs: ['policy', 'policy.password', 'policy.password.commonRefused'],
  ...passwordPolicies({
    where: `NOT (p.password ->> 'commonRefused')::boolean`,
    seen: `'commonRefused', false, 'isNeverLocked', coalesce((p.password ->> 'maxAttempts')::numeric = 0, false)`,
    compares: ['commonRefused'],
  }),
  why: `Attackers try the same few passwords with every account, slowly enough that none is locked. In each larger organisation somebody has one of them.`,
  fix: ['Refuse common passwords in the policy.', 'Let passwords be changed by those who may have one: at their next sign-in.'],
  console: {
    okta: [
      'Security > Authenticators > Password > Actions > Edit > the policy > Edit: Common password check, Restrict use of common passwords.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['IA-5(1)'], cis: ['5.2'], soc2: ['CC6.1'], stig: ['OKTA-APP-002980'] },
});
