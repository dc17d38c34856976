import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';
import { hasNone } from '../../sql/has-none.js';
import { PRIVILEGED_GROUPS } from '../../sql/privileged-groups.js';
import { isOn } from '../../sql/sensitive-applications.js';

export const emptyGroupWithRights = defineCheck({
  id: 'empty-group-with-rights',
  title: 'Empty group that still has rights',
  area: 'groups',
  severity: 'low',
  context: [{ to: 'medium', when: 'hasRole', because: 'the group has a role of administration' }],
  subject: 'group',
  population: 'groups',
  needs: ['group', 'membership', 'application', 'app_assignment', 'role', 'role_assignment'],
  // Of a built-in group members may not be listed.
  sql: `WITH RECURSIVE ${PRIVILEGED_GROUPS}, given AS (
      SELECT s.principal AS "group", ${firstDistinct('coalesce(t.label, t.key)')} AS applications, count(DISTINCT t.key) AS count
      FROM app_assignments s JOIN applications t ON t.key = s.application COLLATE "C" AND ${isOn('t')}
      WHERE s.integration_id = $integration AND s.removed_at IS NULL AND s.principal_kind = 'group' GROUP BY s.principal
    )
    SELECT g.key, jsonb_build_object('name', g.name, 'applications', coalesce(s.applications, '{}'), 'applicationCount', coalesce(s.count, 0),
      'roles', coalesce(p.roles[1:20], '{}'), 'hasRole', p.roles IS NOT NULL) AS evidence
    FROM groups g LEFT JOIN given s ON s."group" = g.key LEFT JOIN privileged p ON p."group" = g.key
    WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.origin <> 'builtin' AND (s."group" IS NOT NULL OR p."group" IS NOT NULL)
      AND ${hasNone('memberships', 'g')}`,
  why: `Nobody watches a group in which nobody is. Whoever may add members finds rights in it that are ready to take, and that no review shows because no person has them.`,
  fix: [
    'Ask whoever made the group whether it is still needed.',
    'Take the applications and the roles from it, and delete it.',
  ],
  console: { okta: ['Directory > Groups > the group > Applications, and Admin roles; then Delete group.'] },
  effort: 'minutes',
  frameworks: { nist: ['AC-6', 'CM-8'], cis: ['6.8'], soc2: ['CC6.3'] },
});
