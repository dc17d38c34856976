import { defineCheck } from '../../check/check.js';
import { instant } from '../../sql/evidence.js';
import { keptAccess } from '../../sql/kept-access.js';

export const switchedOffAccountKeepsAccess = defineCheck({
  id: 'switched-off-account-keeps-access',
  title: 'Account that is switched off, and still has applications or roles',
  area: 'accounts',
  severity: 'high',
  context: [{ to: 'critical', when: 'hasRole', because: 'the account still has a role of administration' }],
  subject: 'account',
  population: 'accounts_not_in_use',
  needs: ['account', 'application', 'app_assignment', 'membership', 'role', 'role_assignment'],
  touchedBy: { account: 'key', app_assignment: 'principal' },
  sql: `WITH RECURSIVE ${keptAccess(`a.status = 'deprovisioned'`)}
    SELECT a.key, jsonb_build_object('login', a.login, 'statusChangedAt', ${instant('a.status_changed_at')}, 'roles', k.roles,
      'hasRole', k.roles IS NOT NULL, 'applications', k.applications, 'applicationCount', k.application_count) AS evidence
    FROM kept k JOIN accounts a ON a.integration_id = $integration AND a.key = k.account`,
  why: `Somebody left, and only the front door was closed. An application that checks passwords of its own, or keeps sessions, still lets them in; and on the day on which the account is switched on again everything is there at once.`,
  fix: [
    'Take the roles away first.',
    'Unassign the applications, and look in each whether its own account is closed too.',
    'End what sessions and tokens the applications still have.',
    'Find out why the process for leavers missed it.',
  ],
  console: {
    okta: [
      'Directory > People > filter Deactivated > the person > Applications and Admin roles.',
      'Applications > the application > Assignments: remove the person.',
    ],
  },
  action: 'unassign_application',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'PS-4'], cis: ['6.2'], soc2: ['CC6.2', 'CC6.3'] },
});
