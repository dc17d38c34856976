import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS } from '../../sql/administrator-accounts.js';
import { firstOf } from '../../sql/lists.js';

export const tooFewSuperAdministrators = defineCheck({
  id: 'too-few-super-administrators',
  title: 'Too few super administrators who can sign in',
  area: 'administrators',
  severity: 'medium',
  context: [{ to: 'high', when: 'isNobody', because: 'there is nobody who could sign in as one' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['account', 'membership', 'role', 'role_assignment', 'role.powers'],
  parameters: { least: count('Super administrators who can sign in, at least', 2, { min: 1, max: 100 }) },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, supers AS (
      SELECT a.key, a.login, a.status IN ('active', 'password_expired', 'unknown') AS can FROM ${ADMINISTRATOR_ACCOUNTS} WHERE d.is_super
    )
    SELECT 'organisation' AS key, jsonb_build_object('count', count(*) FILTER (WHERE s.can), 'wanted', $least,
      'isNobody', count(*) FILTER (WHERE s.can) = 0, 'accounts', ${firstOf('coalesce(s.login, s.key)', 's.can')},
      'cannotSignIn', ${firstOf('coalesce(s.login, s.key)', 'NOT s.can')}) AS evidence
    FROM supers s HAVING count(*) FILTER (WHERE s.can) < $least`,
  why: `When the only one leaves, loses a telephone or is locked out, nobody can give the role to anybody else, and the organisation waits for the provider's support. An attacker who locks that one account out has the same effect.`,
  fix: [
    'Make a second account with this role, for emergencies alone.',
    'Enrol two security keys for it, and keep them in different safes.',
    'Let an alert go off each time it signs in.',
    'Try once a quarter whether it still works.',
  ],
  console: { okta: ['Security > Administrators > Admins > Add administrator: the role Super Administrator.'] },
  effort: 'hours',
  frameworks: { nist: ['CP-2', 'AC-6'] },
});
