import { defineCheck } from '../../check/check.js';
import { roleLabel, roleOf } from '../../sql/roles.js';

export const roleWithoutEnd = defineCheck({
  id: 'role-without-end',
  title: 'Role given for ever, outside of any process',
  area: 'administrators',
  severity: 'low',
  context: [
    { to: 'informational', when: 'isSuspended', because: 'the account that has it is suspended' },
    { to: 'medium', when: 'isSuperAdministrator', because: 'the role lets its holder do everything' },
  ],
  subject: 'role_assignment',
  population: 'standing_roles',
  needs: ['account', 'group', 'role', 'role_assignment', 'role_assignment.governed'],
  // Programs work on while nobody asks for them. One that is narrowed to many targets is many records of one assignment.
  sql: `SELECT DISTINCT ON (s.role, s.principal_kind, s.principal) s.key, jsonb_build_object('role', ${roleLabel('s.role')},
      'principalKind', s.principal_kind, 'principal', coalesce(a.login, b.name, s.principal),
      'isSuperAdministrator', coalesce('everything' = ANY (r.powers), false), 'isSuspended', coalesce(a.status = 'suspended', false)) AS evidence
    FROM role_assignments s
      ${roleOf('s.role')}
      LEFT JOIN accounts a ON s.principal_kind = 'account' AND a.integration_id = $integration AND a.key = s.principal COLLATE "C"
      LEFT JOIN groups b ON s.principal_kind = 'group' AND b.integration_id = $integration AND b.key = s.principal COLLATE "C"
    WHERE s.integration_id = $integration AND s.removed_at IS NULL AND s.principal_kind <> 'client' AND s.governed IS FALSE AND s.expires_at IS NULL
      AND r.removed_at IS NULL AND a.removed_at IS NULL AND b.removed_at IS NULL AND a.status IS DISTINCT FROM 'deprovisioned'
    ORDER BY s.role, s.principal_kind, s.principal, s.key`,
  why: `A role that nobody takes back is there at night, on holiday and after the project has ended, and so it is there for an attacker at any time. Given on request and for hours, it is there only while it is used.`,
  fix: [
    'Let roles be asked for, approved and taken back after a time.',
    'Take the standing role away, but from the accounts for emergencies.',
    'Review what remains each quarter.',
  ],
  console: {
    okta: [
      'Security > Administrators > Governance: bundles of roles for requests, and campaigns that review them.',
      'Security > Administrators > Admins > the administrator > Edit: take the standing role away.',
    ],
  },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-2(6)', 'AC-6'], cis: ['6.1', '6.2'], soc2: ['CC6.3'] },
});
