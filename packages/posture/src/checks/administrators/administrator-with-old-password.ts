import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS, ADMINISTRATOR_EVIDENCE } from '../../sql/administrator-accounts.js';
import { isCheckedElsewhere } from '../../sql/credential-provider.js';
import { daysAgo, instant } from '../../sql/evidence.js';

export const administratorWithOldPassword = defineCheck({
  id: 'administrator-with-old-password',
  title: 'Administrator with an old password',
  area: 'administrators',
  severity: 'medium',
  context: [
    { to: 'low', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'high', when: 'isSuperAdministrator', because: 'the account is a super administrator' },
  ],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment', 'account.passwordChangedAt'],
  touchedBy: { account: 'key' },
  parameters: { days: days('Days for which an administrator may keep a password', 180) },
  // A password that another system checks is changed there.
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object(${ADMINISTRATOR_EVIDENCE}, 'passwordChangedAt', ${instant('a.password_changed_at')}) AS evidence
    FROM ${ADMINISTRATOR_ACCOUNTS}
    WHERE a.password_changed_at < ${daysAgo('$days')} AND ${isCheckedElsewhere('a')} IS NOT TRUE`,
  why: `The older a password is, the more places it has been typed into and the more leaks it may be part of. With an administrator it is worth the trouble of trying lists of leaked ones.`,
  fix: [
    'Expire the password, so that a new one is chosen at the next sign-in.',
    'Let the policy for administrators ask for a long one, and refuse those that have leaked.',
    'Better still, let administrators sign in without a password, by a passkey.',
  ],
  console: {
    okta: [
      'Directory > People > the person > Reset or Remove Password > Expire Password.',
      'Security > Authenticators > Password > Edit: Password age, in the policy for administrators.',
    ],
  },
  action: 'expire_password',
  effort: 'minutes',
  frameworks: { nist: ['IA-5', 'IA-5(1)'], cis: ['5.2'], soc2: ['CC6.1'], stig: ['OKTA-APP-000745'] },
});
