import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';

export const recoveryByQuestion = defineCheck({
  id: 'recovery-by-question',
  title: 'Account that the answer to a question opens',
  area: 'accounts',
  severity: 'low',
  context: [
    { to: 'informational', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'high', when: 'isAdministrator', because: 'the account has a role of administration' },
  ],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'membership', 'role', 'role_assignment', 'account.recoveryQuestion'],
  touchedBy: { account: 'key' },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object('login', a.login, 'isSuspended', a.status = 'suspended',
      'isAdministrator', EXISTS (SELECT 1 FROM administrators d WHERE d.account COLLATE "C" = a.key)) AS evidence
    FROM accounts a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status <> 'deprovisioned' AND a.recovery_question`,
  why: `The name of a pet or of a school stands on the internet, and colleagues know it anyway. With the answer somebody sets a new password, whatever the old one was.`,
  fix: [
    'Take the question out of the ways to get a new password.',
    'Leave an authenticator app, a security key, or the help desk that sees the person.',
    'Delete the answers that were given.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Password > the policy > the rule: Additional verification is any enrolled authenticator, and not Security Question.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['IA-5', 'IA-5(1)'], cis: ['5.2'], soc2: ['CC6.1'] },
});
