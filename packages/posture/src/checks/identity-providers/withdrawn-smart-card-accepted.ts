import { defineCheck } from '../../check/check.js';
import { isActiveProvider, isCategory, trusted } from '../../sql/identity-providers.js';

export const withdrawnSmartCardAccepted = defineCheck({
  id: 'withdrawn-smart-card-accepted',
  title: 'Smart cards that were withdrawn still sign in',
  area: 'identity_providers',
  severity: 'high',
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: ['identity_provider', 'identity_provider.trust'],
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'issuer', left(t.issuer, 500)) AS evidence
    FROM identity_providers t
    WHERE ${isActiveProvider('t')} AND ${isCategory('t', 'smart_card')} AND ${trusted('t', 'revocationChecked')} IS FALSE`,
  why: `A card that was lost or stolen is put on a list by the authority that made it. Nobody looks at that list here, so that the card opens everything until the day that is printed on it.`,
  fix: [
    'Let the list of withdrawn certificates of the issuer be looked up with each sign-in.',
    'See that its address can be reached from the provider.',
  ],
  console: {
    okta: [
      'Security > Identity Providers > the Smart Card provider > Configure: the certificate chain, and its revocation settings.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-5(2)', 'IA-2(12)'], cis: ['6.2'], soc2: ['CC6.1'] },
});
