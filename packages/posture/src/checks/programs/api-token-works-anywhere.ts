import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { worksAnywhere } from '../../sql/api-tokens.js';
import { instant } from '../../sql/evidence.js';

export const apiTokenWorksAnywhere = defineCheck({
  id: 'api-token-works-anywhere',
  title: 'API token that works from any network',
  area: 'programs',
  severity: 'medium',
  context: [{ to: 'high', when: 'isAdministrator', because: 'its owner can become anybody' }],
  subject: 'api_token',
  population: 'api_tokens',
  needs: ['account', 'membership', 'role', 'role_assignment', 'api_token'],
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT t.key, jsonb_build_object('name', t.name, 'owner', a.login, 'client', t.client_name, 'network', t.network,
      'excludedZones', t.excluded_zones[1:20], 'isAdministrator', coalesce(d.is_tier_zero, false),
      'createdAt', ${instant('t.created_at')}) AS evidence
    FROM api_tokens t LEFT JOIN administrators d ON d.account = t.account
      LEFT JOIN accounts a ON a.integration_id = $integration AND a.key = t.account COLLATE "C"
    WHERE t.integration_id = $integration AND t.removed_at IS NULL AND ${worksAnywhere('t')}`,
  undecided: `SELECT t.key, 'api_token.network' AS about FROM api_tokens t
    WHERE t.integration_id = $integration AND t.removed_at IS NULL AND t.network = 'unknown'`,
  why: `A token that is bound to no network is as good in the hands of a thief as in those of your program. Bound to the network that the program runs in, a stolen one is a useless text.`,
  fix: [
    'Find out from where the program calls.',
    'Make a network zone of those addresses, if there is none.',
    'Let the token work from that zone only; leave it a day, and look at what was refused.',
  ],
  console: { okta: ['Security > API > Tokens > the token > Edit: calls only from In any of the following zones.'] },
  action: 'revoke_api_token',
  effort: 'minutes',
  frameworks: { nist: ['AC-3', 'AC-17'], soc2: ['CC6.1', 'CC6.6'], stig: ['OKTA-APP-003240'] },
});
