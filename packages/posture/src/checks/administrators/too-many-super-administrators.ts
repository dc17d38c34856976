import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';

export const tooManySuperAdministrators = defineCheck({
  id: 'too-many-super-administrators',
  title: 'Too many super administrators',
  area: 'administrators',
  severity: 'high',
  context: [{ to: 'critical', when: 'isTwiceAsMany', because: 'there are more than twice as many as allowed' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['account', 'membership', 'role', 'role_assignment', 'role.powers'],
  parameters: { most: count('Super administrators that are allowed', 5, { min: 1, max: 1_000 }) },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, supers AS (
      SELECT 'account' AS kind, d.account AS key FROM administrators d WHERE d.is_super
      UNION ALL
      SELECT DISTINCT 'client', s.principal FROM role_assignments s JOIN roles r ON r.integration_id = $integration AND r.key = s.role COLLATE "C"
        AND r.removed_at IS NULL AND 'everything' = ANY (r.powers)
      WHERE s.integration_id = $integration AND s.principal_kind = 'client' AND s.removed_at IS NULL
    )
    SELECT 'organisation' AS key, jsonb_build_object('count', count(*), 'allowed', $most, 'isTwiceAsMany', count(*) > 2 * $most,
      'accounts', (array_agg(s.key ORDER BY s.key COLLATE "C") FILTER (WHERE s.kind = 'account'))[1:100],
      'programs', (array_agg(s.key ORDER BY s.key COLLATE "C") FILTER (WHERE s.kind = 'client'))[1:100]) AS evidence
    FROM supers s HAVING count(*) > $most`,
  why: `A super administrator can become anybody and switch off everything that would show it. Each of them is one mailbox, one telephone and one habit more that an attacker can try; most of what they do day by day needs a smaller role.`,
  fix: [
    'Look at when each of them last used a right of administration.',
    'Give those who manage applications, groups or passwords a role for just that.',
    'Keep two accounts for emergencies, with security keys in a safe.',
    'Take the role from the others.',
  ],
  console: { okta: ['Security > Administrators > Admins: filter by the role Super Administrator, and edit each.'] },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-6(5)'], cis: ['5.4'], soc2: ['CC6.3'] },
});
