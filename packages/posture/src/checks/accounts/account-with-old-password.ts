import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { isCheckedElsewhere } from '../../sql/credential-provider.js';
import { daysAgo, instant } from '../../sql/evidence.js';

export const accountWithOldPassword = defineCheck({
  id: 'account-with-old-password',
  title: 'Account with an old password',
  area: 'accounts',
  severity: 'low',
  context: [
    { to: 'informational', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'medium', when: 'isOfProgram', because: 'no person stands behind it who would notice that somebody else uses it' },
  ],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'membership', 'role', 'role_assignment', 'account.passwordChangedAt'],
  touchedBy: { account: 'key' },
  parameters: { days: days('Days for which a password may be kept', 365) },
  // Administrators have a check of their own. A password that another system checks is changed there.
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object('login', a.login, 'passwordChangedAt', ${instant('a.password_changed_at')},
      'isSuspended', a.status = 'suspended', 'isOfProgram', coalesce(NOT a.is_human, false)) AS evidence
    FROM accounts a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
      AND a.password_changed_at < ${daysAgo('$days')} AND ${isCheckedElsewhere('a')} IS NOT TRUE
      AND NOT EXISTS (SELECT 1 FROM administrators d WHERE d.account COLLATE "C" = a.key)`,
  why: `Passwords are used in more than one place, and sooner or later one of those places leaks. An old one has been in more lists, and was often chosen when shorter ones were allowed.`,
  fix: [
    'Expire the password, so that a new one is chosen at the next sign-in.',
    'Let the policy refuse short and leaked ones, which helps more than changing often.',
    'For an account of a program: use a key or a token instead.',
  ],
  console: {
    okta: [
      'Directory > People > the person > Reset or Remove Password > Expire Password.',
      'Security > Authenticators > Password > Edit: Password age.',
    ],
  },
  action: 'expire_password',
  effort: 'minutes',
  frameworks: { nist: ['IA-5', 'IA-5(1)'], cis: ['5.2'], soc2: ['CC6.1'], stig: ['OKTA-APP-000745'] },
});
