import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS, ADMINISTRATOR_EVIDENCE } from '../../sql/administrator-accounts.js';
import { isSecondFactor, isStrongFactor } from '../../sql/authenticators.js';
import { isFederated } from '../../sql/credential-provider.js';

// All three ask for those that are not gone; said once more, they are found along the index of those.
const OWN = `x.integration_id = $integration AND x.account = a.key COLLATE "default" AND x.removed_at IS NULL`;

export const administratorWithoutSpareFactor = defineCheck({
  id: 'administrator-without-spare-factor',
  title: 'Administrator without a spare for a lost factor',
  area: 'administrators',
  severity: 'low',
  context: [
    { to: 'informational', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'informational', when: 'isFederated', because: 'another system checks who signs in, with factors of its own' },
    { to: 'medium', when: 'isSuperAdministrator', because: 'the account is a super administrator' },
  ],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment', 'authenticator'],
  touchedBy: { account: 'key', authenticator: 'account' },
  parameters: { least: count('Strong factors that an administrator has, at least', 2, { min: 2, max: 5 }) },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object(${ADMINISTRATOR_EVIDENCE}, 'isFederated', ${isFederated('a')},
      'strongFactors', f.strong, 'strongFactorCount', f.many, 'wanted', $least) AS evidence
    FROM ${ADMINISTRATOR_ACCOUNTS},
      LATERAL (SELECT count(*) FILTER (WHERE ${isStrongFactor('x')}) AS many, count(*) FILTER (WHERE ${isSecondFactor('x')}) AS second,
        array_agg(x.factor_type ORDER BY x.factor_type) FILTER (WHERE ${isStrongFactor('x')}) AS strong FROM authenticators x WHERE ${OWN}) f
    WHERE f.second > 0 AND f.many < $least`,
  why: `When the only strong factor is lost, the way back is a call to the help desk, and that is the call that attackers make too. Somebody who has a spare never needs it, so that such a call can be refused.`,
  fix: [
    'Have a second strong factor enrolled, best a security key that is kept elsewhere.',
    'Require two by policy for administrators.',
    'Write down that the help desk does not reset factors of administrators by telephone.',
  ],
  console: { okta: ['The person: end-user dashboard > Settings > Security Methods > Set up another.'] },
  effort: 'minutes',
  frameworks: { nist: ['IA-2', 'IA-5'], soc2: ['CC6.1'] },
});
