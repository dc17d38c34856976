import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { isSecondFactor } from '../../sql/authenticators.js';
import { isFederated } from '../../sql/credential-provider.js';
import { isSetUp } from '../../sql/people.js';

export const serviceAccountWithoutSecondFactor = defineCheck({
  id: 'service-account-without-second-factor',
  title: 'Service account that a password alone opens',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'low', when: 'isSuspended', because: 'the account is suspended' }],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'membership', 'role', 'role_assignment', 'authenticator', 'account.isHuman'],
  touchedBy: { account: 'key', authenticator: 'account' },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object('login', a.login, 'userType', a.user_type, 'status', a.status, 'isSuspended', a.status = 'suspended') AS evidence
    FROM accounts a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND ${isSetUp('a')} AND a.is_human IS FALSE AND NOT ${isFederated('a')}
      AND NOT EXISTS (SELECT 1 FROM authenticators x WHERE x.integration_id = $integration AND x.account = a.key COLLATE "default" AND ${isSecondFactor('x')})
      AND NOT EXISTS (SELECT 1 FROM administrators d WHERE d.account COLLATE "C" = a.key)`,
  why: `A program cannot tap on a telephone, so these accounts are left out of the rules that protect people. What remains is a password that is seldom changed and that stands in files and scripts.`,
  fix: [
    'Give the program an OAuth client with a key instead.',
    'Until then, let the account in from the addresses of the program only.',
    'Change the password, and keep it in a vault.',
  ],
  console: {
    okta: [
      'Security > Networks: a zone with the addresses of the program.',
      'Security > Global Session Policy: a rule for the group of service accounts that denies what is not in that zone.',
    ],
  },
  action: 'suspend_account',
  effort: 'hours',
  frameworks: { nist: ['IA-9', 'IA-5', 'AC-2'], cis: ['5.5'], soc2: ['CC6.1'] },
});
