import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS, ADMINISTRATOR_EVIDENCE } from '../../sql/administrator-accounts.js';
import { daysAgo, instant } from '../../sql/evidence.js';

// Where others are said to have signed in, an account without a sign-in has had none: since it was switched on.
const LAST = 'coalesce(a.last_login_at, a.activated_at)';

export const administratorNotUsed = defineCheck({
  id: 'administrator-not-used',
  title: 'Administrator who has not signed in for long',
  area: 'administrators',
  severity: 'high',
  context: [
    { to: 'medium', when: 'isSuspended', because: 'the account is suspended, so that somebody has to let it in first' },
    { to: 'critical', when: 'isSuperAdministrator', because: 'the account is a super administrator' },
  ],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment', 'account.lastLoginAt'],
  touchedBy: { account: 'key' },
  parameters: { days: days('Days without a sign-in and without any administration', 90) },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object(${ADMINISTRATOR_EVIDENCE}, 'lastLoginAt', ${instant('a.last_login_at')},
      'activatedAt', ${instant('a.activated_at')}, 'lastAdministrationAt', ${instant('u.last_at')}) AS evidence
    FROM ${ADMINISTRATOR_ACCOUNTS}
      LEFT JOIN usage u ON u.integration_id = $integration AND u."use" = 'administration' AND u.principal = a.key AND u.object = ''
    WHERE greatest(${LAST}, u.last_at) < ${daysAgo('$days')} AND ${LAST} IS NOT NULL`,
  why: `Nobody misses the account, so nobody would see that somebody else signs in with it. Its password may be an old one that has leaked elsewhere, and its rights are those of an administrator from the first minute.`,
  fix: [
    'Ask the owner, and the manager, whether the role is still needed.',
    'Take the role away; it can be given again within minutes.',
    'If the whole account is not needed: suspend it, and deactivate it after 30 days.',
    'Where it is kept for emergencies, say so as an exception and watch its sign-ins.',
  ],
  console: {
    okta: [
      'Security > Administrators > Admins > the administrator > Edit: take the role away.',
      'Directory > People > the person > More Actions > Suspend.',
    ],
  },
  action: 'remove_role',
  effort: 'minutes',
  frameworks: { nist: ['AC-2(3)', 'AC-6(7)'], cis: ['5.3'], soc2: ['CC6.2', 'CC6.3'], stig: ['OKTA-APP-000090'] },
});
