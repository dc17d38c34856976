import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS, ADMINISTRATOR_EVIDENCE } from '../../sql/administrator-accounts.js';
import { isSecondFactor } from '../../sql/authenticators.js';
import { isFederated } from '../../sql/credential-provider.js';

const OWN = `x.integration_id = $integration AND x.account = a.key COLLATE "default" AND ${isSecondFactor('x')}`;

export const administratorOpenToPhishing = defineCheck({
  id: 'administrator-open-to-phishing',
  title: 'Administrator whose every second factor can be phished',
  area: 'administrators',
  severity: 'high',
  context: [
    { to: 'medium', when: 'isSuspended', because: 'the account is suspended, so that somebody has to let it in first' },
    {
      to: 'medium',
      when: 'isFederated',
      because: 'another system checks who signs in, and may ask for a better factor itself',
    },
    { to: 'critical', when: 'isSuperAdministrator', because: 'the account is a super administrator' },
  ],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment', 'authenticator', 'authenticator.phishingResistant'],
  touchedBy: { account: 'key', authenticator: 'account' },
  // A factor of which nobody says whether it resists may be one that does.
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object(${ADMINISTRATOR_EVIDENCE}, 'isFederated', ${isFederated('a')},
      'secondFactors', (SELECT array_agg(DISTINCT x.factor_type) FROM authenticators x WHERE ${OWN})) AS evidence
    FROM ${ADMINISTRATOR_ACCOUNTS}
    WHERE EXISTS (SELECT 1 FROM authenticators x WHERE ${OWN})
      AND NOT EXISTS (SELECT 1 FROM authenticators x WHERE ${OWN} AND x.phishing_resistant IS NOT FALSE)`,
  why: `A page that looks like the sign-in page passes the password and the code, or the tap on the telephone, on to the real one, and keeps the session. Kits for this are for sale, and administrators are the ones they are aimed at.`,
  fix: [
    'Have a security key, a passkey or an authenticator that is bound to the device enrolled.',
    'Require one that resists phishing by policy, for the administration console first.',
    'Then remove the factors that can be phished from the account.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Enrollment: require FIDO2 (WebAuthn) or Okta FastPass for the group of administrators.',
      'Security > Authentication Policies > Okta Admin Console: every rule asks for phishing-resistant possession.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-2(1)', 'IA-2(6)', 'IA-2(8)'], cis: ['6.5'], soc2: ['CC6.1'], stig: ['OKTA-APP-000190'] },
});
