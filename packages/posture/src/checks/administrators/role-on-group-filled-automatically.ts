import { roleHolders } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { firstDistinct, firstOf } from '../../sql/lists.js';
import { roleLabel, roleOf } from '../../sql/roles.js';

export const roleOnGroupFilledAutomatically = defineCheck({
  id: 'role-on-group-filled-automatically',
  title: 'Group with a role is filled by a rule or by another system',
  area: 'administrators',
  severity: 'high',
  context: [{ to: 'critical', when: 'isSuperAdministrator', because: 'its members can do everything' }],
  subject: 'group',
  population: 'groups',
  needs: ['group', 'group_rule', 'membership', 'role', 'role_assignment'],
  // Groups in groups too: who comes into the inner one has the role of the outer.
  sql: `WITH RECURSIVE ${roleHolders('$integration')}, given AS (
      SELECT g."group", ${firstDistinct(roleLabel('g.role'))} AS roles, coalesce(bool_or('everything' = ANY (r.powers)), false) AS is_super
      FROM granting g ${roleOf('g.role')}
      WHERE r.removed_at IS NULL GROUP BY g."group"
    ), filled AS (
      SELECT t AS "group", ${firstOf('coalesce(u.name, u.key)')} AS rules FROM group_rules u, unnest(u.target_groups) AS t
      WHERE u.integration_id = $integration AND u.removed_at IS NULL AND u.status = 'active' GROUP BY t
    )
    SELECT b.key, jsonb_build_object('name', b.name, 'roles', v.roles, 'isSuperAdministrator', v.is_super, 'rules', f.rules,
      'isFilledByRule', f.rules IS NOT NULL, 'isFilledByApplication', b.origin = 'app', 'sourceApplication', b.source_application) AS evidence
    FROM given v JOIN groups b ON b.integration_id = $integration AND b.key = v."group" COLLATE "C" AND b.removed_at IS NULL
      LEFT JOIN filled f ON f."group" = v."group"
    WHERE f.rules IS NOT NULL OR b.origin = 'app'`,
  why: `Whoever can write the attribute that the rule looks at, or can manage groups in the other system, makes anybody an administrator, and no administrator here is asked. Often that is the help desk, or a program that imports people.`,
  fix: [
    'Make a group for the role that is filled by hand or by requests, here.',
    'Give the role to it, and take it from this group.',
    'If a rule must stay: let it look only at attributes that none but super administrators can write.',
  ],
  console: {
    okta: [
      'Directory > Groups > the group > Admin roles: take the role away.',
      'Directory > Groups > Rules: the rule that assigns to this group.',
    ],
  },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-6(7)', 'AC-2'], cis: ['6.8'], soc2: ['CC6.3'] },
});
