import { accountsIn } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';
import { count, texts } from '../../check/parameter.js';
import { PRIVILEGED_GROUPS } from '../../sql/privileged-groups.js';
import { isCalled, isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';
import { hasWord } from '../../sql/name-words.js';

export const groupWithPowerElsewhere = defineCheck({
  id: 'group-with-power-elsewhere',
  title: 'Group that is written into a system in which it may mean rights',
  area: 'groups',
  severity: 'high',
  context: [
    { to: 'critical', when: 'isTierZero', because: 'it also has a role here with which one can become anybody' },
    { to: 'medium', when: 'isOnlyLarge', because: 'only its size speaks for it' },
  ],
  subject: 'group',
  population: 'groups',
  needs: ['group', 'group_push', 'application', 'membership', 'role', 'role_assignment'],
  parameters: {
    connected: texts('Words in the names of applications that join another organisation', ['org2org']),
    sensitive: SENSITIVE,
    rights: texts('Words in the names of groups that mean rights', [
      'admin',
      'owner',
      'operator',
      'power user',
      'privileged',
      'root',
      'super',
    ]),
    many: count('Members that are many', 500, { min: 1 }),
  },
  sql: `WITH RECURSIVE ${PRIVILEGED_GROUPS}, written AS (
      SELECT p."group", ${firstDistinct('coalesce(t.label, t.key)')} AS applications, count(DISTINCT t.key) AS application_count
      FROM group_pushes p JOIN applications t ON t.key = p.application COLLATE "C" AND ${isOn('t')}
        AND (${isCalled('t', '$connected')} OR ${isSensitive('t')})
      WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active' GROUP BY p."group"
    ), judged AS (
      SELECT g.key, g.name, w.applications, w.application_count, r.roles, coalesce(r.is_tier_zero, false) AS is_tier_zero,
        ${hasWord(`coalesce(g.name, '')`, '$rights')} AS is_called_so,
        (SELECT count(*) FROM ${accountsIn('w."group"', '$integration')} m) >= $many AS is_large
      FROM written w JOIN groups g ON g.integration_id = $integration AND g.key = w."group" COLLATE "C" AND g.removed_at IS NULL
        LEFT JOIN privileged r ON r."group" = w."group"
    )
    SELECT j.key, jsonb_build_object('name', j.name, 'applications', j.applications, 'applicationCount', j.application_count,
      'roles', coalesce(j.roles[1:20], '{}'), 'isCalledSo', j.is_called_so, 'isLarge', j.is_large, 'isTierZero', j.is_tier_zero,
      'isOnlyLarge', j.roles IS NULL AND NOT j.is_called_so) AS evidence
    FROM judged j WHERE j.roles IS NOT NULL OR j.is_called_so OR j.is_large`,
  why: `The other system takes over who is in the group, and gives its own rights by it. Whoever may change the group here, which can be the help desk or an owner, has those rights there without being an administrator of either.`,
  fix: [
    'Look up which rights the group has in the other system.',
    'If they are rights of administration: stop writing the group, and give them there by name.',
    'Otherwise guard the group here as a role: nobody but a few may change its members.',
  ],
  console: {
    okta: [
      'Applications > the application > Push Groups: the group > Push Status > Unlink pushed group.',
      'Security > Administrators > Resources: see which sets hold the group, and who may manage them.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-4', 'AC-20'], cis: ['6.8', '5.4'], soc2: ['CC6.3'] },
});
