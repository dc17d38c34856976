import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { daysAgo, instant } from '../../sql/evidence.js';

export const apiTokenTooOld = defineCheck({
  id: 'api-token-too-old',
  title: 'API token that was not changed for long',
  area: 'programs',
  severity: 'medium',
  context: [{ to: 'high', when: 'isAdministrator', because: 'its owner can become anybody' }],
  subject: 'api_token',
  population: 'api_tokens',
  needs: ['account', 'membership', 'role', 'role_assignment', 'api_token', 'api_token.createdAt'],
  parameters: { days: days('Days that a token may be in use', 180) },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT t.key, jsonb_build_object('name', t.name, 'owner', a.login, 'client', t.client_name,
      'isAdministrator', coalesce(d.is_tier_zero, false), 'createdAt', ${instant('t.created_at')},
      'expiresAt', ${instant('t.expires_at')}) AS evidence
    FROM api_tokens t LEFT JOIN administrators d ON d.account = t.account
      LEFT JOIN accounts a ON a.integration_id = $integration AND a.key = t.account COLLATE "C"
    WHERE t.integration_id = $integration AND t.removed_at IS NULL AND t.created_at < ${daysAgo('$days')}`,
  why: `Over the years a token gets into copies, backups and the memory of people who have left. Each new one makes all of those worthless; many teams change them each 90 days, and most within a year.`,
  fix: [
    'Make a second token with the same owner.',
    'Change it in the program, and see that it works.',
    'Revoke the old one, and note when the next change is due.',
  ],
  console: { okta: ['Security > API > Tokens > Create token; then the old token > Revoke.'] },
  action: 'revoke_api_token',
  effort: 'hours',
  frameworks: { nist: ['IA-5'], cis: ['5.2'], soc2: ['CC6.1'] },
});
