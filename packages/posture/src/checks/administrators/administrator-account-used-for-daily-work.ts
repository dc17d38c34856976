import { defineCheck } from '../../check/check.js';
import { count, days } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS, ADMINISTRATOR_EVIDENCE } from '../../sql/administrator-accounts.js';
import { daysAgo } from '../../sql/evidence.js';
import { firstOf } from '../../sql/lists.js';

export const administratorAccountUsedForDailyWork = defineCheck({
  id: 'administrator-account-used-for-daily-work',
  title: 'Administrator who uses the same account for daily work',
  area: 'administrators',
  severity: 'low',
  context: [{ to: 'medium', when: 'isTierZero', because: 'the account can change everybody and everything' }],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'application', 'membership', 'role', 'role_assignment'],
  seesMoreWith: ['use:application'],
  observedDays: 'days',
  touchedBy: { account: 'key' },
  parameters: {
    days: days('Days that are looked at', 30, { max: 400 }),
    most: count('Applications that an account of an administrator may open', 5, { max: 1_000 }),
  },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object(${ADMINISTRATOR_EVIDENCE}, 'isTierZero', d.is_tier_zero, 'applications', o.labels,
      'applicationCount', o.many) AS evidence
    FROM ${ADMINISTRATOR_ACCOUNTS},
      LATERAL (SELECT count(*) AS many, ${firstOf('coalesce(p.label, u.object)')} AS labels
        FROM usage u LEFT JOIN applications p ON p.integration_id = $integration AND p.key = u.object
        WHERE u.integration_id = $integration AND u."use" = 'application' AND u.principal = a.key AND u.object <> ''
          AND p.removed_at IS NULL AND u.last_at >= ${daysAgo('$days')}) o
    WHERE o.many > $most`,
  why: `Mail, chat and the web are where attacks arrive. When the same session opens the administration console, a bad link or a stolen cookie of an ordinary day is worth the whole role.`,
  fix: [
    'Give the person a second account for administration, with a security key and without applications.',
    'Move the roles to it.',
    'Let the rules of the administration console accept those accounts alone.',
  ],
  console: {
    okta: [
      'Directory > People > Add person: the second account; then Security > Administrators > Admins > Add administrator.',
      'Directory > People > the person > Admin roles: take the roles from the daily account.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-6(2)', 'AC-6(5)'], cis: ['5.4'], soc2: ['CC6.3'] },
});
