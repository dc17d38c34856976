import { defineCheck } from '../../check/check.js';
import { isSecondFactor, isStrongFactor } from '../../sql/authenticators.js';
import { isFederated } from '../../sql/credential-provider.js';
import { isSetUp } from '../../sql/people.js';

const OWN = `x.integration_id = $integration AND x.account = a.key COLLATE "default"`;

export const accountWithWeakFactorsOnly = defineCheck({
  id: 'account-with-weak-factors-only',
  title: 'Account whose only second factor is a text message or a call',
  area: 'accounts',
  severity: 'medium',
  context: [
    { to: 'low', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'low', when: 'isFederated', because: 'another system checks who signs in, and may ask for a better factor itself' },
  ],
  subject: 'account',
  population: 'people',
  needs: ['account', 'authenticator'],
  touchedBy: { account: 'key', authenticator: 'account' },
  sql: `SELECT a.key, jsonb_build_object('login', a.login, 'isSuspended', a.status = 'suspended', 'isFederated', ${isFederated('a')},
      'factors', array_agg(DISTINCT x.factor_type)) AS evidence
    FROM accounts a JOIN authenticators x ON ${OWN} AND ${isSecondFactor('x')}
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND ${isSetUp('a')}
    GROUP BY a.key, a.login, a.status, a.credential_provider
    HAVING NOT bool_or(${isStrongFactor('x')})`,
  why: `A telephone number can be moved to another card by a talk with the telephone company, and a code that is read aloud or typed can be passed on. Attackers who have the password do both.`,
  fix: [
    'Have an authenticator app, a passkey or a security key enrolled.',
    'Then switch text messages and calls off, for groups one after the other.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Enrollment: Okta Verify or FIDO2 (WebAuthn) is Required, Phone is Disabled.',
      'Reports > MFA Enrollment by User: who has what.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['IA-2', 'IA-5'], cis: ['6.3'], soc2: ['CC6.1'] },
});
