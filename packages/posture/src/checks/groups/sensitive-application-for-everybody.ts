import { accountsIn } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';
import { percent } from '../../check/parameter.js';
import { hasNone } from '../../sql/has-none.js';
import { isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';

const MEMBERS = accountsIn('w.inside', '$integration');

export const sensitiveApplicationForEverybody = defineCheck({
  id: 'sensitive-application-for-everybody',
  title: 'Sensitive application that everybody has',
  area: 'groups',
  severity: 'high',
  context: [{ to: 'medium', when: 'isNearlyAll', because: 'the group holds nearly all accounts, and not all' }],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'app_assignment', 'group', 'membership', 'account'],
  parameters: { sensitive: SENSITIVE, percent: percent('Part of all accounts that is as good as everybody', 90) },
  // A built-in group of which no member was listed is the one of everybody: providers have others, which have few members.
  sql: `WITH RECURSIVE given AS (
      SELECT t.key, t.label, s.principal AS "group" FROM applications t JOIN app_assignments s ON s.integration_id = $integration
        AND s.application = t.key COLLATE "default" AND s.principal_kind = 'group' AND s.removed_at IS NULL
      WHERE ${isOn('t')} AND ${isSensitive('t')}
    ), within AS (
      SELECT g."group", g."group" AS inside FROM given g
      UNION
      SELECT w."group", m.member FROM within w JOIN memberships m ON m.integration_id = $integration AND m."group" = w.inside
        AND m.member_kind = 'group' AND m.removed_at IS NULL
    ), everyone AS MATERIALIZED (
      SELECT count(*) AS count FROM accounts a WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
    ), large AS MATERIALIZED (
      SELECT w."group" FROM within w CROSS JOIN LATERAL (SELECT count(*) AS count FROM ${MEMBERS} m) n
      GROUP BY w."group" HAVING sum(n.count) * 100 >= $percent * (SELECT count FROM everyone)
    ), counted AS (
      SELECT w."group", count(DISTINCT m.member COLLATE "C") AS members FROM large l JOIN within w ON w."group" = l."group", ${MEMBERS} m
        JOIN accounts a ON a.integration_id = $integration AND a.key = m.member COLLATE "C" AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
      GROUP BY w."group"
    ), broad AS (
      SELECT c."group", c.members >= (SELECT count FROM everyone) AS is_all FROM counted c
      WHERE c.members * 100 >= $percent * (SELECT count FROM everyone)
      UNION
      SELECT g.key, true FROM groups g WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.origin = 'builtin'
        AND ${hasNone('memberships', 'g')}
    )
    SELECT n.key, jsonb_build_object('label', n.label, 'groups', ${firstDistinct('coalesce(g.name, b."group")')}, 'groupCount', count(DISTINCT b."group"),
      'isNearlyAll', NOT bool_or(b.is_all)) AS evidence
    FROM given n JOIN broad b ON b."group" = n."group"
      JOIN groups g ON g.integration_id = $integration AND g.key = b."group" COLLATE "C" AND g.removed_at IS NULL
    GROUP BY n.key, n.label`,
  why: `Each account opens it, also that of an intern, of a supplier, or of whoever was caught by a phishing mail this morning. What a system holds that pays salaries or runs servers is then as safe as the weakest account of all.`,
  fix: [
    'Find out who works with the application: the log of sign-ins shows it.',
    'Make a group for them, assign the application to it, and have somebody answer for its members.',
    'Take the application from the group of everybody.',
  ],
  console: {
    okta: ['Applications > the application > Assignments > Groups: remove the group of everybody, assign the new one.'],
  },
  action: 'unassign_application',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-3'], cis: ['6.8', '6.1'], soc2: ['CC6.3'] },
});
