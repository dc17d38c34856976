import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';
import { roleLabel, roleOf } from '../../sql/roles.js';

export const roleGivenToAPerson = defineCheck({
  id: 'role-given-to-a-person',
  title: 'Role given to a person instead of a group',
  area: 'administrators',
  severity: 'low',
  context: [{ to: 'informational', when: 'isSuspended', because: 'the account is suspended' }],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment'],
  // What ends by itself, or goes through a process, is not forgotten.
  sql: `SELECT a.key, jsonb_build_object('login', a.login, 'isSuspended', a.status = 'suspended',
      'roles', ${firstDistinct(roleLabel('s.role'))}, 'roleCount', count(DISTINCT s.role)) AS evidence
    FROM role_assignments s
      JOIN accounts a ON a.integration_id = $integration AND a.key = s.principal COLLATE "C" AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
      ${roleOf('s.role')}
    WHERE s.integration_id = $integration AND s.removed_at IS NULL AND s.principal_kind = 'account' AND s.governed IS NOT TRUE
      AND s.expires_at IS NULL AND r.removed_at IS NULL
    GROUP BY a.key, a.login, a.status`,
  why: `A role that hangs on one person is overlooked when that person changes the task: no review of groups shows it, and nobody owns it. A group for each role says in one place who has it, and why.`,
  fix: [
    'Make a group for the role, with an owner, that only super administrators may change.',
    'Put the person into it, and give the role to the group.',
    'Take the role from the person.',
    'Keep direct roles for the accounts for emergencies alone.',
  ],
  console: {
    okta: [
      'Directory > Groups > Add group; then the group > Admin roles > Edit group assignments.',
      'Security > Administrators > Admins > the administrator > Edit: take the role away.',
    ],
  },
  action: 'remove_role',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-6'], cis: ['6.8'], soc2: ['CC6.3'] },
});
