import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { isOneOf } from '../../sql/texts.js';

export const smartCardNotAccepted = defineCheck({
  id: 'smart-card-not-accepted',
  title: 'Smart cards are not accepted',
  area: 'organisation',
  severity: 'informational',
  subject: 'organisation',
  population: 'organisation',
  needs: ['identity_provider', 'sign_in_method'],
  parameters: { products: texts('Ways to sign in that are smart cards', ['smart_card_idp', 'smart_card', 'cert']) },
  sql: `SELECT 'organisation' AS key, jsonb_build_object('hasSignInMethod', x.has_method, 'hasIdentityProvider', x.has_provider) AS evidence
    FROM (SELECT
        EXISTS (SELECT 1 FROM sign_in_methods m WHERE m.integration_id = $integration AND m.removed_at IS NULL AND m.status = 'active'
          AND (${isOneOf('m.product', '$products')} OR m.methods && $products)) AS has_method,
        EXISTS (SELECT 1 FROM identity_providers i WHERE i.integration_id = $integration AND i.removed_at IS NULL AND i.status = 'active'
          AND (i.trust ->> 'category' = 'smart_card' OR i.trust IS NULL AND i.type = 'X509')) AS has_provider
    ) x WHERE NOT (x.has_method AND x.has_provider)`,
  why: `Authorities of the United States give their people smart cards (PIV, CAC) and must accept them. For others a passkey or a security key is as good against phishing, and this check can be switched off.`,
  fix: [
    'Add an identity provider for smart cards, with the certificates of the authority that issues them.',
    'Switch on smart cards as a way to sign in.',
    'Let the rules for applications want something that resists phishing.',
  ],
  console: {
    okta: [
      'Security > Identity Providers > Add identity provider: Smart Card IdP.',
      'Security > Authenticators > Add authenticator: Smart Card Authenticator.',
    ],
  },
  effort: 'days',
  frameworks: { nist: ['IA-2(12)'], stig: ['OKTA-APP-001670'] },
});
