import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { hasNone } from '../../sql/has-none.js';

const there = (t: string): string => `${t}.integration_id = $integration AND ${t}.removed_at IS NULL`;
const scopesOf = (table: string): string =>
  `SELECT unnest(x.included_groups || x.excluded_groups) FROM ${table} x WHERE ${there('x')}`;

/** All that can name a group: whatever is missing here, groups would be deleted that are in use. */
const USES = [
  `SELECT x.principal AS key FROM app_assignments x WHERE ${there('x')} AND x.principal_kind = 'group'`,
  `SELECT x.principal FROM role_assignments x WHERE ${there('x')} AND x.principal_kind = 'group'`,
  `SELECT x.target FROM role_assignments x WHERE ${there('x')} AND x.target_kind = 'group'`,
  `SELECT unnest(x.target_groups) FROM group_rules x WHERE ${there('x')}`,
  `SELECT x."group" FROM group_pushes x WHERE ${there('x')}`,
  `SELECT x.member FROM memberships x WHERE ${there('x')} AND x.member_kind = 'group'`,
  `SELECT x.owner FROM group_owners x WHERE ${there('x')} AND x.owner_kind = 'group'`,
  `SELECT x.resource FROM resource_set_members x WHERE ${there('x')} AND x.resource_kind IN ('group', 'accounts_of_group')`,
  scopesOf('policies'),
  scopesOf('policy_rules'),
  `SELECT jsonb_array_elements_text((x.trust -> 'linkOnlyGroups') || (x.trust -> 'groups')) FROM identity_providers x WHERE ${there('x')} AND x.trust IS NOT NULL`,
].join(' UNION ALL ');

export const groupWithoutPurpose = defineCheck({
  id: 'group-without-purpose',
  title: 'Group that nothing refers to',
  area: 'groups',
  severity: 'low',
  context: [{ to: 'informational', when: 'isEmpty', because: 'nobody is in it' }],
  subject: 'group',
  population: 'groups',
  needs: [
    'group',
    'membership',
    'app_assignment',
    'role_assignment',
    'group_rule',
    'group_push',
    'group_owner',
    'resource_set_member',
    'policy',
    'policy_rule',
    'identity_provider',
  ],
  parameters: { days: days('Days that a new group is given', 30) },
  // Rules ask for membership of a group by its key or its name, between quotes.
  sql: `WITH uses AS (${USES}), asked AS (
      SELECT DISTINCT q.said[1] AS text FROM group_rules r, regexp_matches(r.expression, '["'']([^"'']+)["'']', 'g') AS q (said)
      WHERE ${there('r')} AND r.expression IS NOT NULL
    )
    SELECT g.key, jsonb_build_object('name', g.name, 'createdAt', ${instant('g.created_at')}, 'isEmpty', ${hasNone('memberships', 'g')}) AS evidence
    FROM groups g
    WHERE ${there('g')} AND g.origin IN ('native', 'unknown') AND coalesce(g.created_at, g.first_seen_at) < ${daysAgo('$days')}
      AND NOT EXISTS (SELECT 1 FROM uses u WHERE u.key = g.key)
      AND NOT EXISTS (SELECT 1 FROM asked k WHERE k.text = g.key) AND NOT EXISTS (SELECT 1 FROM asked k WHERE k.text = g.name)`,
  why: `It gives nobody anything today. But its name promises something, and one day somebody assigns an application to it without looking who is in it. The more such groups there are, the fewer of the others are looked at.`,
  fix: [
    'Ask whoever made it; look whether a program outside reads its members.',
    'Delete it. Where there are many: rename them first, and delete them a month later.',
  ],
  console: { okta: ['Directory > Groups > the group > Delete group.'] },
  effort: 'minutes',
  frameworks: { nist: ['CM-8', 'AC-2'], cis: ['5.1'], soc2: ['CC6.2'] },
});
