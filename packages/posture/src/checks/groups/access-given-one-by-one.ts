import { isOf } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';

const isDirect = (s: string): string => `${s}.removed_at IS NULL AND ${s}.principal_kind = 'account' AND ${s}.scope = 'direct'`;
const isPerson = (a: string): string =>
  `${a}.removed_at IS NULL AND ${a}.status <> 'deprovisioned' AND ${a}.is_human IS NOT FALSE`;

export const accessGivenOneByOne = defineCheck({
  id: 'access-given-one-by-one',
  title: 'Application that is given to people one by one',
  area: 'groups',
  severity: 'low',
  context: [{ to: 'medium', when: 'isSensitive', because: 'the application opens much' }],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'app_assignment', 'account'],
  parameters: { most: count('People who may have it without a group', 3), sensitive: SENSITIVE },
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'direct', s.direct, 'accounts', f.logins, 'isSensitive', ${isSensitive('t')}) AS evidence
    FROM (
      SELECT s.application, count(*) AS direct FROM app_assignments s
        JOIN accounts a ON a.integration_id = $integration AND a.key = s.principal COLLATE "C" AND ${isPerson('a')}
      WHERE s.integration_id = $integration AND ${isDirect('s')} GROUP BY s.application HAVING count(*) > $most
    ) s JOIN applications t ON t.key = s.application COLLATE "C" AND ${isOn('t')}
      CROSS JOIN LATERAL (SELECT array_agg(n.login) AS logins FROM (
        SELECT coalesce(a.login, a.key) AS login FROM app_assignments e
          JOIN accounts a ON a.integration_id = $integration AND a.key = e.principal COLLATE "C" AND ${isPerson('a')}
        WHERE e.integration_id = $integration AND ${isOf('e', 'application', '(t.key COLLATE "C")')} AND ${isDirect('e')} ORDER BY e.key LIMIT 20) n) f`,
  why: `What was given by hand must be taken away by hand. When somebody changes the task, the groups change and this stays; after some years nobody can say why the person has it.`,
  fix: [
    'Make a group for those who need the application, or find the one that there is.',
    'Assign the application to it, then turn the single assignments into ones by the group.',
  ],
  console: { okta: ['Applications > the application > Assignments > Groups, then Convert assignments.'] },
  effort: 'hours',
  frameworks: { nist: ['AC-2', 'AC-3'], cis: ['6.8', '6.1'], soc2: ['CC6.2', 'CC6.3'] },
});
