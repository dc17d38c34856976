import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { isSecondFactor } from '../../sql/authenticators.js';
import { isFederated } from '../../sql/credential-provider.js';
import { instant } from '../../sql/evidence.js';

export const administratorWithoutSecondFactor = defineCheck({
  id: 'administrator-without-second-factor',
  title: 'Administrator without a second factor',
  area: 'administrators',
  severity: 'critical',
  context: [
    { to: 'high', when: 'isSuspended', because: 'the account is suspended, so that somebody has to let it in first' },
    { to: 'high', when: 'isFederated', because: 'another system checks who signs in, and may ask for a second factor itself' },
  ],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment', 'authenticator'],
  touchedBy: { account: 'key', authenticator: 'account' },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object('login', a.login, 'roles', d.roles, 'isSuperAdministrator', d.is_super,
      'isSuspended', a.status = 'suspended', 'isFederated', ${isFederated('a')},
      'lastLoginAt', ${instant('a.last_login_at')},
      'weakAuthenticators', ARRAY(SELECT DISTINCT x.factor_type FROM authenticators x
        WHERE x.integration_id = $integration AND x.account = a.key COLLATE "default" AND x.removed_at IS NULL AND x.status = 'active' ORDER BY 1)) AS evidence
    FROM administrators d JOIN accounts a ON a.integration_id = $integration AND a.key = d.account COLLATE "C"
    WHERE NOT EXISTS (SELECT 1 FROM authenticators x WHERE x.integration_id = $integration AND x.account = a.key COLLATE "default" AND ${isSecondFactor('x')})`,
  why: `Whoever learns or guesses the password of this account has its rights: a phishing mail, a password that leaked elsewhere, or a call to the help desk is enough. With most roles of an administrator everybody else's account follows.`,
  fix: [
    'Ask the owner on another channel whether the account is in use.',
    'Have an authenticator that resists phishing enrolled: a security key or a passkey.',
    'Require it by policy for the administration console, so that the next one cannot be without.',
    'If nobody answers: take the role away, or suspend the account.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Enrollment: make a policy for the group of administrators in which FIDO2 (WebAuthn) is required.',
      'Security > Authentication Policies > Okta Admin Console: every rule asks for two factor types, phishing resistant.',
      'Directory > People > the person > More Actions > Reset Authenticators, when one was lost.',
    ],
  },
  action: 'suspend_account',
  effort: 'hours',
  frameworks: { nist: ['IA-2(1)'], cis: ['6.5'], soc2: ['CC6.1'], stig: ['OKTA-APP-000560'] },
});
