import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { hasNone } from '../../sql/has-none.js';
import { isCategory } from '../../sql/identity-providers.js';

export const identityProviderLeftBehind = defineCheck({
  id: 'identity-provider-left-behind',
  title: 'Identity provider that is switched off, or by which nobody signs in',
  area: 'identity_providers',
  severity: 'low',
  context: [{ to: 'informational', when: 'isOff', because: 'it is switched off' }],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: ['identity_provider', 'idp_link'],
  parameters: { days: days('Days that a new one is given', 60) },
  // Those who sign in by a card need not be linked.
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'createdAt', ${instant('t.created_at')}, 'isOff', t.status = 'inactive') AS evidence
    FROM identity_providers t
    WHERE t.integration_id = $integration AND t.removed_at IS NULL AND coalesce(t.created_at, t.first_seen_at) < ${daysAgo('$days')}
      AND (t.status = 'inactive' OR t.status = 'active' AND NOT ${isCategory('t', 'smart_card')} AND ${hasNone('idp_links', 't')})`,
  why: `It is a door that nobody uses and nobody watches. The other system is still trusted: whoever takes over its key or its domain comes in by it, and one that is switched off is switched on with one click.`,
  fix: ['Ask who set it up, and for what.', 'Switch it off; delete it when nobody has missed it for a month.'],
  console: { okta: ['Security > Identity Providers > the provider > Actions > Deactivate, then Delete.'] },
  action: 'deactivate_identity_provider',
  effort: 'minutes',
  frameworks: { nist: ['CM-7', 'IA-13'], cis: ['4.8', '6.6'], soc2: ['CC6.6'] },
});
