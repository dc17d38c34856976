import { defineCheck } from '../../check/check.js';
import { count, days, percent } from '../../check/parameter.js';
import { instant } from '../../sql/evidence.js';
import { isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';

const FIRST_DAY = `(now() AT TIME ZONE 'UTC')::date - $days`;

export const accessThatIsNotUsed = defineCheck({
  id: 'access-that-is-not-used',
  title: 'Application that many can open and few do',
  area: 'groups',
  severity: 'medium',
  context: [{ to: 'high', when: 'isSensitive', because: 'the application opens much' }],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'app_assignment', 'membership', 'account', 'use:application', 'counted:access'],
  observedDays: 'days',
  parameters: {
    days: days('Days without use', 60, { max: 400 }),
    percent: percent('Part of those who can open it that has not', 80),
    least: count('Accounts that have not, at least', 10, { min: 1 }),
    sensitive: SENSITIVE,
  },
  // Counted after each sync: to count it here would take seconds. What nobody uses at all is another check's.
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'accounts', u.accounts, 'used', u.used, 'unused', u.accounts - u.used,
      'lastUsedAt', ${instant('u.last_at')}, 'isSensitive', ${isSensitive('t')}) AS evidence
    FROM (
      SELECT c.application, c.accounts, c.last_at, coalesce((SELECT sum(d.accounts) FROM unnest(c.last_days, c.last_accounts) AS d (day, accounts)
        WHERE d.day >= ${FIRST_DAY}), 0)::integer AS used
      FROM access_counts c WHERE c.integration_id = $integration
    ) u JOIN applications t ON t.key = u.application AND ${isOn('t')}
    WHERE u.used > 0 AND u.accounts - u.used >= $least AND (u.accounts - u.used) * 100 >= $percent * u.accounts`,
  why: `Access that nobody uses helps nobody but an attacker: each of these accounts opens the application just as well as those of the few who work with it. If it is withdrawn, nobody notices; if it is stolen, nobody notices either.`,
  fix: [
    'Show the owner of the application who has not opened it.',
    'Assign it to a group of those who need it, and let the others ask for it.',
    'Withdraw the rest in batches, beginning with those who never opened it.',
  ],
  console: { okta: ['Applications > the application > Assignments.', 'Reports > Reports > Application Usage.'] },
  effort: 'days',
  frameworks: { nist: ['AC-6', 'AC-6(7)', 'AC-2'], cis: ['6.8', '6.2'], soc2: ['CC6.2', 'CC6.3'] },
});
