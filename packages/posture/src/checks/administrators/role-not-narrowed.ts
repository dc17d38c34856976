import { defineCheck } from '../../check/check.js';
import { roleLabel } from '../../sql/roles.js';

/** Powers over single groups, accounts or applications: a role that has no others can be narrowed to some of them. */
const NARROWED = [
  'manage_accounts',
  'reset_passwords',
  'reset_authenticators',
  'end_sessions',
  'manage_groups',
  'manage_memberships',
  'manage_applications',
  'assign_applications',
  'read_client_secrets',
  'read',
];
/** Looking, also at secrets, is over everything or not given: no provider narrows a role that only looks. */
const LOOKING = ['read', 'read_client_secrets'];
/** Who manages applications manages the policies of their sign-on, and is narrowed in both by those applications. */
const POWERS = `CASE WHEN 'manage_applications' = ANY (r.powers) THEN array_remove(r.powers, 'manage_policies') ELSE r.powers END`;

export const roleNotNarrowed = defineCheck({
  id: 'role-not-narrowed',
  title: 'Role that holds for everybody, though it could be narrowed',
  area: 'administrators',
  severity: 'medium',
  context: [
    { to: 'low', when: 'isSuspended', because: 'the account that has it is suspended' },
    { to: 'high', when: 'isOverAdministrators', because: 'it holds over other administrators too' },
  ],
  subject: 'role_assignment',
  population: 'role_assignments',
  needs: ['account', 'group', 'application', 'role', 'role_assignment', 'role.powers'],
  sql: `SELECT s.key, jsonb_build_object('role', ${roleLabel('r.key')}, 'principalKind', s.principal_kind,
      'principal', coalesce(a.login, b.name, p.label, s.principal), 'powers', r.powers,
      'isOverAdministrators', coalesce(r.over_administrators, false), 'isSuspended', coalesce(a.status = 'suspended', false)) AS evidence
    FROM role_assignments s
      JOIN roles r ON r.integration_id = $integration AND r.key = s.role COLLATE "C" AND r.removed_at IS NULL
      LEFT JOIN accounts a ON s.principal_kind = 'account' AND a.integration_id = $integration AND a.key = s.principal COLLATE "C"
      LEFT JOIN groups b ON s.principal_kind = 'group' AND b.integration_id = $integration AND b.key = s.principal COLLATE "C"
      LEFT JOIN applications p ON s.principal_kind = 'client' AND p.integration_id = $integration AND p.key = s.principal COLLATE "C"
    WHERE s.integration_id = $integration AND s.removed_at IS NULL AND s.target_kind IS NULL
      AND ${POWERS} <@ '{${NARROWED.join(',')}}'::text[] AND NOT r.powers <@ '{${LOOKING.join(',')}}'::text[]
      AND a.removed_at IS NULL AND b.removed_at IS NULL AND p.removed_at IS NULL AND a.status IS DISTINCT FROM 'deprovisioned'`,
  why: `The help desk of one branch can reset the password of the head of another, and whoever gets hold of that account can too. Narrowed to the groups or applications that it looks after, the same account is worth much less.`,
  fix: [
    'Ask which groups or applications the holder really looks after.',
    'Narrow the role to those.',
    'Leave out groups with administrators, the management and service accounts.',
  ],
  console: {
    okta: [
      'Security > Administrators > Admins > the administrator > Edit > the role: constrain it to groups or applications.',
      'Security > Administrators > Resources: a resource set, for roles that were made here.',
    ],
  },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-3'], cis: ['6.8'], soc2: ['CC6.3'] },
});
