import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';

export const applicationKeepsThoseWhoLeave = defineCheck({
  id: 'application-keeps-those-who-leave',
  title: 'Application in which the accounts of those who leave stay open',
  area: 'applications',
  severity: 'medium',
  context: [{ to: 'high', when: 'isSensitiveWithPassword', because: 'it opens much, and is signed in to by a password' }],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'application.signOnMethod', 'app_provisioning', 'app_assignment', 'membership', 'account'],
  seesMoreWith: ['counted:access'],
  parameters: { many: count('Accounts that are many', 200, { min: 1 }), sensitive: SENSITIVE },
  // A provisioning that does not say whether it deactivates is left out; none at all does not.
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'isSensitive', f.is_sensitive, 'isLarge', f.is_large, 'isProvisioned', p.key IS NOT NULL,
      'isSensitiveWithPassword', f.is_sensitive AND t.sign_on_method IN ('stored_password', 'basic')) AS evidence
    FROM applications t LEFT JOIN app_provisionings p ON p.integration_id = $integration AND p.key = t.key AND p.removed_at IS NULL AND p.status = 'active'
      LEFT JOIN access_counts c ON c.integration_id = $integration AND c.application = t.key
      CROSS JOIN LATERAL (SELECT ${isSensitive('t')} AS is_sensitive, coalesce(c.accounts, 0) >= $many AS is_large) f
    WHERE ${isOn('t')} AND t.sign_on_method NOT IN ('none', 'bookmark') AND t.oauth_client ->> 'type' IS DISTINCT FROM 'service'
      AND (p.key IS NULL OR p.deactivates_accounts IS FALSE) AND (f.is_sensitive OR f.is_large)`,
  why: `When somebody leaves, the sign-in at the provider ends, and the account in the application stays: with its password, its tokens, its sessions and its data. Whoever knows another way in, by a phone or a key, still gets there.`,
  fix: [
    'Let the provider write accounts into the application, and deactivate them there.',
    'If the application cannot do that, put it on the list of those that somebody clears by hand on the last day.',
    'Compare the accounts in it with those that still exist here, and close the others.',
  ],
  console: { okta: ['Applications > the application > Provisioning > To App: Deactivate Users.'] },
  effort: 'days',
  frameworks: { nist: ['AC-2(3)', 'PS-4'], cis: ['6.2', '5.3'], soc2: ['CC6.2'] },
});
