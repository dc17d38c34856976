import { accountsIn, nestedGroups } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { firstDistinct } from '../../sql/lists.js';
import { roleLabel, roleOf } from '../../sql/roles.js';

// As a whole number of two figures that count: each change of a large group would be one of the finding.
const ROUNDED = 'trunc(s.many::numeric, 2 - length(s.many::text))::integer';

export const roleOnLargeGroup = defineCheck({
  id: 'role-on-large-group',
  title: 'Role given to a large group',
  area: 'administrators',
  severity: 'high',
  context: [
    { to: 'critical', when: 'isSuperAdministrator', because: 'all of its members can do everything' },
    { to: 'medium', when: 'isReadOnly', because: 'its roles only let them look' },
  ],
  subject: 'group',
  population: 'groups',
  needs: ['group', 'membership', 'role', 'role_assignment', 'role.powers'],
  parameters: { most: count('Accounts that a group with a role may have', 50, { min: 1 }) },
  sql: `WITH RECURSIVE given AS (
      SELECT s.principal AS root, ${firstDistinct(roleLabel('s.role'))} AS roles,
        coalesce(bool_or('everything' = ANY (r.powers)), false) AS is_super,
        bool_and(coalesce(r.powers <@ '{read}'::text[], false)) AS is_read_only
      FROM role_assignments s ${roleOf('s.role')}
      WHERE s.integration_id = $integration AND s.removed_at IS NULL AND s.principal_kind = 'group' AND r.removed_at IS NULL
      GROUP BY s.principal
    ), granting AS (
      SELECT v.root, v.root AS "group" FROM given v
      UNION
      ${nestedGroups('root', '$integration')}
    ), sizes AS (
      SELECT g.root, count(DISTINCT m.member) AS many FROM granting g, ${accountsIn('g."group"', '$integration')} m GROUP BY g.root
    )
    SELECT b.key, jsonb_build_object('name', b.name, 'accountsAtLeast', ${ROUNDED}, 'allowed', $most, 'roles', v.roles,
      'isSuperAdministrator', v.is_super, 'isReadOnly', v.is_read_only) AS evidence
    FROM sizes s JOIN given v ON v.root = s.root
      JOIN groups b ON b.integration_id = $integration AND b.key = s.root COLLATE "C" AND b.removed_at IS NULL
    WHERE s.many > $most`,
  why: `A group of this size was made for something else, and most who are in it do not know that they are administrators. Any one of these accounts is enough for an attacker, and whoever joins the group has the role from then on.`,
  fix: [
    'Find out who in the group has used a right of administration.',
    'Make a group for the role with just those people, and give it the role.',
    'Take the role from the large group.',
  ],
  console: { okta: ['Directory > Groups > the group > Admin roles > Edit group assignments.'] },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-6(5)'], cis: ['5.4', '6.8'], soc2: ['CC6.3'] },
});
