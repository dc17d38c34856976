import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { firstOf } from '../../sql/lists.js';

export const tooManyAdministrators = defineCheck({
  id: 'too-many-administrators',
  title: 'Too many administrators',
  area: 'administrators',
  severity: 'medium',
  context: [{ to: 'high', when: 'isTwiceAsMany', because: 'there are more than twice as many as allowed' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['account', 'membership', 'role', 'role_assignment', 'role.powers'],
  parameters: { most: count('Administrators that are allowed besides super administrators', 25, { min: 1, max: 10_000 }) },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, by_role AS (
      SELECT label, count(*) AS many FROM administrators d, unnest(d.roles) AS label WHERE NOT d.is_super GROUP BY label
    )
    SELECT 'organisation' AS key, jsonb_build_object('count', count(*), 'allowed', $most, 'isTwiceAsMany', count(*) > 2 * $most,
      'byRole', (SELECT ${firstOf(`r.label || ': ' || r.many`)} FROM by_role r)) AS evidence
    FROM administrators d WHERE NOT d.is_super HAVING count(*) > $most`,
  why: `Each of them can be talked into something, can be phished and can make a mistake, and every one has rights over other people's accounts. With so many nobody knows any more who is one of them, and one more is not noticed.`,
  fix: [
    'Look at who has used a right of administration in the last months.',
    'Take the role from those who have not.',
    'Give those who need it now and then the role for a time, on request.',
    'Narrow what remains to the groups and applications that each looks after.',
  ],
  console: { okta: ['Security > Administrators > Admins: sort by role, and edit or remove each.'] },
  action: 'remove_role',
  effort: 'days',
  frameworks: { nist: ['AC-6', 'AC-6(5)', 'AC-6(7)'], cis: ['5.4', '6.8'], soc2: ['CC6.3'] },
});
