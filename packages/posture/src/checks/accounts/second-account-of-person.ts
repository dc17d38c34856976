import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { instant } from '../../sql/evidence.js';
import { firstDistinct } from '../../sql/lists.js';
import { isOfPerson } from '../../sql/people.js';

export const secondAccountOfPerson = defineCheck({
  id: 'second-account-of-person',
  title: 'Second account of a person who has one already',
  area: 'accounts',
  severity: 'low',
  context: [{ to: 'informational', when: 'isSuspended', because: 'the account is suspended' }],
  subject: 'account',
  population: 'people',
  needs: ['account', 'membership', 'role', 'role_assignment', 'account.displayName', 'account.employeeNumber'],
  // Of those that are the same the oldest is the first. An account for administration beside the daily one is as it should be.
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, people AS (
      SELECT a.key, a.login, a.status, a.created_at, lower(trim(a.display_name)) AS name, a.employee_number, a.second_email, a.mobile_phone
      FROM accounts a
      WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status <> 'deprovisioned' AND ${isOfPerson('a')}
        AND trim(a.display_name) <> '' AND NOT EXISTS (SELECT 1 FROM administrators d WHERE d.account COLLATE "C" = a.key)
    ), marks AS (
      SELECT p.key, p.login, p.status, p.created_at, p.name, m.what, m.value
      FROM people p, LATERAL (VALUES ('employeeNumber', p.employee_number), ('secondEmail', lower(p.second_email)),
        ('mobilePhone', regexp_replace(p.mobile_phone, '[^0-9]+', '', 'g'))) AS m (what, value)
      WHERE coalesce(m.value, '') <> ''
    ), same AS (
      SELECT m.key, m.login, m.status, m.created_at, m.what, first_value(coalesce(m.login, m.key)) OVER w AS first, row_number() OVER w AS nth
      FROM marks m WINDOW w AS (PARTITION BY m.name, m.what, m.value ORDER BY m.created_at NULLS LAST, m.key)
    )
    SELECT s.key, jsonb_build_object('login', s.login, 'createdAt', ${instant('s.created_at')}, 'isSuspended', s.status = 'suspended',
      'firstAccounts', ${firstDistinct('s.first')}, 'sameName', true, 'alsoTheSame', ${firstDistinct('s.what')}) AS evidence
    FROM same s WHERE s.nth > 1 GROUP BY s.key, s.login, s.status, s.created_at`,
  why: `When the person leaves, the account that is known is switched off and the other one is forgotten. Until then the rights of both add up, and a review of either shows only half.`,
  fix: [
    'Ask the person, and the manager, which of them is in use and what the other is for.',
    'Move what is needed to one of them.',
    'Deactivate the other.',
  ],
  console: { okta: ['Directory > People: search for the name; then More Actions > Deactivate.'] },
  action: 'suspend_account',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'IA-4'], cis: ['5.1'], soc2: ['CC6.2'] },
});
