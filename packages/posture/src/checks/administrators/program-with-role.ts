import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';
import { roleLabel, roleOf } from '../../sql/roles.js';

export const programWithRole = defineCheck({
  id: 'program-with-role',
  title: 'Program with the rights of an administrator',
  area: 'administrators',
  severity: 'high',
  context: [
    { to: 'critical', when: 'isSuperAdministrator', because: 'it can do everything' },
    { to: 'medium', when: 'isReadOnly', because: 'its roles only let it look' },
  ],
  subject: 'application',
  population: 'oauth_clients',
  needs: ['application', 'role', 'role_assignment', 'role.powers'],
  sql: `SELECT s.principal AS key, jsonb_build_object('label', p.label, 'roles', ${firstDistinct(roleLabel('s.role'))},
      'roleCount', count(DISTINCT s.role), 'authentication', p.oauth_client ->> 'authentication',
      'isSuperAdministrator', coalesce(bool_or('everything' = ANY (r.powers)), false),
      'isReadOnly', bool_and(coalesce(r.powers <@ '{read}'::text[], false))) AS evidence
    FROM role_assignments s
      ${roleOf('s.role')}
      LEFT JOIN applications p ON p.integration_id = $integration AND p.key = s.principal COLLATE "C"
    WHERE s.integration_id = $integration AND s.removed_at IS NULL AND s.principal_kind = 'client' AND r.removed_at IS NULL
      AND p.removed_at IS NULL AND coalesce(p.status, 'active') NOT IN ('inactive', 'deleted')
    GROUP BY s.principal, p.label, p.oauth_client`,
  why: `It signs in with a key or a secret that lies in a file, in a pipeline or with a vendor, and no second factor stands before it. Whoever copies that has the role until somebody notices, from wherever the provider can be reached.`,
  fix: [
    'Find out who runs the program, and what it does with the role.',
    'Give it the smallest role that does, narrowed to what it works on.',
    'Let it prove itself by a key instead of a secret, and from known networks only.',
    'Write its owner down, and look at it again each quarter.',
  ],
  console: { okta: ['Applications > the application > Admin roles > Edit assignments.'] },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-6(5)', 'IA-9'], cis: ['5.5', '6.8'], soc2: ['CC6.1', 'CC6.3'] },
});
