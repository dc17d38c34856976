import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { keptAccess } from '../../sql/kept-access.js';

export const suspendedAccountKeepsAccess = defineCheck({
  id: 'suspended-account-keeps-access',
  title: 'Account that was suspended long ago, and still has applications or roles',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'high', when: 'hasRole', because: 'the account still has a role of administration' }],
  subject: 'account',
  population: 'accounts_not_in_use',
  needs: ['account', 'application', 'app_assignment', 'membership', 'role', 'role_assignment', 'account.statusChangedAt'],
  touchedBy: { account: 'key', app_assignment: 'principal' },
  parameters: { days: days('Days for which an account may be suspended', 30) },
  sql: `WITH RECURSIVE ${keptAccess(`a.status = 'suspended' AND a.status_changed_at < ${daysAgo('$days')}`)}
    SELECT a.key, jsonb_build_object('login', a.login, 'statusChangedAt', ${instant('a.status_changed_at')}, 'roles', k.roles,
      'hasRole', k.roles IS NOT NULL, 'applications', k.applications, 'applicationCount', k.application_count) AS evidence
    FROM kept k JOIN accounts a ON a.integration_id = $integration AND a.key = k.account`,
  why: `Suspended is half of leaving: one click of the help desk, or one call to it, brings the account back with all that it had. What was meant for days stays for years, and nobody remembers why.`,
  fix: [
    'Ask the manager whether the person comes back, and when.',
    'If not, deactivate the account, which takes its applications away.',
    'If so, take at least the roles away until then.',
  ],
  console: { okta: ['Directory > People > filter Suspended > the person > More Actions > Deactivate.'] },
  action: 'deactivate_account',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-2(3)', 'PS-4'], cis: ['5.3', '6.2'], soc2: ['CC6.2'] },
});
