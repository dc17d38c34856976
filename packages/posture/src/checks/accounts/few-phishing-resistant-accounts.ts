import { defineCheck } from '../../check/check.js';
import { percent } from '../../check/parameter.js';
import { isPhishingResistant, isSecondFactor } from '../../sql/authenticators.js';
import { isFederated } from '../../sql/credential-provider.js';
import { isOfPerson, isSetUp } from '../../sql/people.js';

export const fewPhishingResistantAccounts = defineCheck({
  id: 'few-phishing-resistant-accounts',
  title: 'Few people can sign in with what cannot be phished',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'high', when: 'isHardlyAny', because: 'not one in a hundred can' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['account', 'authenticator', 'authenticator.phishingResistant'],
  parameters: { wanted: percent('Share of people who have one that resists phishing, at least', 50) },
  // Who signs in elsewhere, or has a factor of which nobody says whether it resists, counts on neither side.
  sql: `WITH people AS (
      SELECT coalesce(f.resists, false) AS resists, coalesce(f.unsaid, false) AS unsaid
      FROM accounts a LEFT JOIN (
          SELECT x.account, bool_or(${isPhishingResistant('x')}) AS resists, bool_or(x.phishing_resistant IS NULL) AS unsaid
          FROM authenticators x WHERE x.integration_id = $integration AND ${isSecondFactor('x')} GROUP BY x.account
        ) f ON f.account COLLATE "C" = a.key
      WHERE a.integration_id = $integration AND a.removed_at IS NULL AND ${isSetUp('a')} AND a.status <> 'suspended' AND ${isOfPerson('a')}
        AND NOT ${isFederated('a')}
    ), share AS (
      SELECT floor(100.0 * count(*) FILTER (WHERE p.resists) / nullif(count(*) FILTER (WHERE p.resists OR NOT p.unsaid), 0))::integer AS percent FROM people p
    )
    SELECT 'organisation' AS key, jsonb_build_object('percent', s.percent, 'wanted', $wanted, 'isHardlyAny', s.percent < 1) AS evidence
    FROM share s WHERE s.percent < $wanted`,
  why: `Pages that pass a password and a code on to the real sign-in page get past every factor that a person reads, types or taps. Only what is bound to the real page stops them, and it has to be there before the mail comes.`,
  fix: [
    'Switch on passkeys, security keys and authenticators that are bound to the device.',
    'Begin with administrators, finance and the help desk; then group after group.',
    'Require it by policy where a group has enrolled.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Setup: FIDO2 (WebAuthn), and Okta FastPass in Okta Verify.',
      'Reports > MFA Enrollment by User: who has what.',
    ],
  },
  effort: 'days',
  frameworks: { nist: ['IA-2(2)', 'IA-2(8)'], cis: ['6.3'], soc2: ['CC6.1'], stig: ['OKTA-APP-000180'] },
});
