import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { worksAnywhere } from '../../sql/api-tokens.js';
import { instant } from '../../sql/evidence.js';

export const apiTokenOfSuperAdministrator = defineCheck({
  id: 'api-token-of-super-administrator',
  title: 'API token with the rights of a super administrator',
  area: 'programs',
  severity: 'high',
  context: [{ to: 'critical', when: 'worksAnywhere', because: 'the token works from any network' }],
  subject: 'api_token',
  population: 'api_tokens',
  needs: ['account', 'membership', 'role', 'role.powers', 'role_assignment', 'api_token', 'api_token.account'],
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT t.key, jsonb_build_object('name', t.name, 'owner', a.login, 'roles', d.roles, 'client', t.client_name, 'network', t.network,
      'worksAnywhere', ${worksAnywhere('t')}, 'createdAt', ${instant('t.created_at')}) AS evidence
    FROM api_tokens t JOIN administrators d ON d.account = t.account AND d.is_super
      JOIN accounts a ON a.integration_id = $integration AND a.key = d.account COLLATE "C"
    WHERE t.integration_id = $integration AND t.removed_at IS NULL`,
  why: `Whoever has the text of this token can do everything, without a password and without a second factor. Tokens are copied into scripts, logs and tickets, and nobody sees where.`,
  fix: [
    'Find out which program uses it, and what for.',
    'Give the program an account of its own, with a role for just that, and a token of that account.',
    'Better: let it ask for short-lived tokens as an OAuth client, with the scopes that it needs.',
    'Revoke this one.',
  ],
  console: { okta: ['Security > API > Tokens: the role of the owner is beside each token; Revoke.'] },
  action: 'revoke_api_token',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'CM-6'], cis: ['5.4'], soc2: ['CC6.1', 'CC6.3'], stig: ['OKTA-APP-003241'] },
});
