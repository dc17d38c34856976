import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS, ADMINISTRATOR_EVIDENCE } from '../../sql/administrator-accounts.js';
import { isStrongFactor, isWeakFactor } from '../../sql/authenticators.js';

const OWN = `x.integration_id = $integration AND x.account = a.key COLLATE "default"`;

export const administratorWithWeakFactor = defineCheck({
  id: 'administrator-with-weak-factor',
  title: 'Administrator with a weak factor beside the strong ones',
  area: 'administrators',
  severity: 'medium',
  context: [
    { to: 'low', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'high', when: 'isSuperAdministrator', because: 'the account is a super administrator' },
  ],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment', 'authenticator'],
  touchedBy: { account: 'key', authenticator: 'account' },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object(${ADMINISTRATOR_EVIDENCE}, 'weakFactors', w.types,
      'strongFactors', (SELECT array_agg(DISTINCT x.factor_type) FROM authenticators x WHERE ${OWN} AND ${isStrongFactor('x')})) AS evidence
    FROM ${ADMINISTRATOR_ACCOUNTS},
      LATERAL (SELECT array_agg(DISTINCT x.factor_type) AS types FROM authenticators x WHERE ${OWN} AND ${isWeakFactor('x')}) w
    WHERE w.types IS NOT NULL AND EXISTS (SELECT 1 FROM authenticators x WHERE ${OWN} AND ${isStrongFactor('x')})`,
  why: `An attacker takes the weakest that is offered. A text message goes to whoever has talked the telephone company into a new card, a mail to whoever has the mailbox, and the answer to a question stands on the internet.`,
  fix: [
    'See that the account has two strong factors, so that the weak one is not the spare.',
    'Remove the weak one from the account.',
    'Take it out of what administrators may enrol, so that it does not come back.',
  ],
  console: {
    okta: [
      'Directory > People > the person > More Actions > Reset Authenticators: the weak one.',
      'Security > Authenticators > Enrollment: Phone, Email and Security Question are Disabled in the policy for administrators.',
    ],
  },
  action: 'reset_authenticator',
  effort: 'minutes',
  frameworks: { nist: ['IA-2', 'IA-5'], cis: ['6.5'], soc2: ['CC6.1'] },
});
