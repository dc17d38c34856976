import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';
import { roleLabel, roleOf } from '../../sql/roles.js';

export const programWithRoleButNoScope = defineCheck({
  id: 'program-with-role-but-no-scope',
  title: 'Program has a role that it has no scope to use',
  area: 'administrators',
  severity: 'medium',
  context: [{ to: 'high', when: 'isSuperAdministrator', because: 'the role lets it do everything' }],
  subject: 'application',
  population: 'oauth_clients',
  needs: ['application', 'role', 'role_assignment', 'app_grant'],
  sql: `SELECT p.key, jsonb_build_object('label', p.label, 'roles', ${firstDistinct(roleLabel('s.role'))},
      'roleCount', count(DISTINCT s.role), 'isSuperAdministrator', coalesce(bool_or('everything' = ANY (r.powers)), false)) AS evidence
    FROM role_assignments s
      ${roleOf('s.role')}
      JOIN applications p ON p.integration_id = $integration AND p.key = s.principal COLLATE "C" AND p.removed_at IS NULL AND p.status = 'active'
    WHERE s.integration_id = $integration AND s.removed_at IS NULL AND s.principal_kind = 'client' AND r.removed_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM app_grants g WHERE g.integration_id = $integration AND g.application = s.principal
        AND g.removed_at IS NULL AND g.status = 'active')
    GROUP BY p.key, p.label`,
  why: `The role does nothing today, so nobody looks at it. The day somebody grants the program a scope, for whatever small task, it has all of the role at once.`,
  fix: [
    'Ask the owner whether the program is still in use.',
    'Take the role away; give one again together with the scopes when it is needed.',
    'Deactivate the program if nobody knows it.',
  ],
  console: {
    okta: [
      'Applications > the application > Admin roles > Edit assignments.',
      'Applications > the application > Okta API Scopes: which are granted.',
    ],
  },
  action: 'remove_role',
  effort: 'minutes',
  frameworks: { nist: ['AC-6', 'AC-6(7)'], cis: ['5.5', '6.2'], soc2: ['CC6.3'] },
});
