import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { firstDistinct } from '../../sql/lists.js';
import { roleLabel, roleOf } from '../../sql/roles.js';

export const roleOnGroupOwnedByOthers = defineCheck({
  id: 'role-on-group-owned-by-others',
  title: 'Group with a role can be changed by somebody without one',
  area: 'administrators',
  severity: 'high',
  context: [{ to: 'critical', when: 'isSuperAdministrator', because: 'its members can do everything' }],
  subject: 'group',
  population: 'groups',
  needs: ['account', 'group', 'group_owner', 'membership', 'role', 'role_assignment'],
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, given AS (
      SELECT g."group", ${firstDistinct(roleLabel('g.role'))} AS roles, coalesce(bool_or('everything' = ANY (r.powers)), false) AS is_super
      FROM granting g ${roleOf('g.role')}
      WHERE r.removed_at IS NULL GROUP BY g."group"
    ), others AS (
      SELECT o."group", coalesce(a.login, a.key) AS name FROM group_owners o
        JOIN accounts a ON a.integration_id = $integration AND a.key = o.owner COLLATE "C" AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
      WHERE o.integration_id = $integration AND o.removed_at IS NULL AND o.owner_kind = 'account'
        AND NOT EXISTS (SELECT 1 FROM administrators d WHERE d.account = o.owner)
      UNION ALL
      -- All who are in a group with a role have one.
      SELECT o."group", coalesce(b.name, b.key) FROM group_owners o
        JOIN groups b ON b.integration_id = $integration AND b.key = o.owner COLLATE "C" AND b.removed_at IS NULL
      WHERE o.integration_id = $integration AND o.removed_at IS NULL AND o.owner_kind = 'group'
        AND NOT EXISTS (SELECT 1 FROM given v WHERE v."group" = o.owner)
    )
    SELECT b.key, jsonb_build_object('name', b.name, 'roles', v.roles, 'isSuperAdministrator', v.is_super,
      'owners', ${firstDistinct('o.name')}, 'ownerCount', count(*)) AS evidence
    FROM given v JOIN groups b ON b.integration_id = $integration AND b.key = v."group" COLLATE "C" AND b.removed_at IS NULL
      JOIN others o ON o."group" = v."group"
    GROUP BY b.key, b.name, v.roles, v.is_super`,
  why: `An owner may put people into the group, and that gives them its role. So the owner is an administrator in all but name, without the second factor, the alerts and the reviews that administrators have.`,
  fix: [
    'Make somebody the owner who has the role already, or a super administrator.',
    'Or take the role from the group, and give it to one without owners.',
    'Look at who was put into the group since it had the owner.',
  ],
  console: { okta: ['Directory > Groups > the group > Owners: remove the owner.'] },
  action: 'remove_role',
  effort: 'minutes',
  frameworks: { nist: ['AC-6', 'AC-6(1)', 'AC-6(7)'], cis: ['6.8'], soc2: ['CC6.3'] },
});
