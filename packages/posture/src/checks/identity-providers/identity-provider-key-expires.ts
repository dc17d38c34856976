import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { instant } from '../../sql/evidence.js';
import { isActiveProvider } from '../../sql/identity-providers.js';

export const identityProviderKeyExpires = defineCheck({
  id: 'identity-provider-key-expires',
  title: 'Key of an identity provider that expires soon',
  area: 'identity_providers',
  severity: 'low',
  context: [{ to: 'medium', when: 'hasExpired', because: 'it has expired' }],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: ['identity_provider', 'identity_provider.keysExpireAt'],
  parameters: { days: days('Days before it expires', 30) },
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'keysExpireAt', ${instant('t.keys_expire_at')}, 'hasExpired', t.keys_expire_at <= now()) AS evidence
    FROM identity_providers t WHERE ${isActiveProvider('t')} AND t.keys_expire_at < now() + make_interval(days => $days)`,
  why: `From that day nobody who comes from the other system can sign in, or an old key goes on being believed that nobody there guards any more.`,
  fix: ['Ask the other side for its new certificate.', 'Put it beside the old one, and take that away after the change.'],
  console: { okta: ['Security > Identity Providers > the provider > Edit: IdP Signature Certificate.'] },
  effort: 'hours',
  frameworks: { nist: ['SC-12', 'SC-17'], soc2: ['CC6.1'] },
});
