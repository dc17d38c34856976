import { defineCheck } from '../../check/check.js';
import { instant } from '../../sql/evidence.js';

export const apiTokenOfPerson = defineCheck({
  id: 'api-token-of-person',
  title: 'API token that belongs to a person',
  area: 'programs',
  severity: 'low',
  subject: 'api_token',
  population: 'api_tokens',
  needs: ['account', 'account.isHuman', 'api_token', 'api_token.account'],
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'owner', a.login, 'client', t.client_name, 'network', t.network,
      'createdAt', ${instant('t.created_at')}) AS evidence
    FROM api_tokens t JOIN accounts a ON a.integration_id = $integration AND a.key = t.account COLLATE "C" AND a.removed_at IS NULL
      AND a.is_human AND a.status <> 'deprovisioned'
    WHERE t.integration_id = $integration AND t.removed_at IS NULL`,
  why: `What a program does with it is written down as done by the person. It gets each right that the person gets, and it stops on the day on which the person leaves.`,
  fix: [
    'Make an account for the program, with a role for just what it does.',
    'Make the token again as that account, and change it in the program.',
    'Revoke this one.',
  ],
  console: { okta: ['Security > API > Tokens: made by whoever is signed in, so sign in as the service account.'] },
  action: 'revoke_api_token',
  effort: 'hours',
  frameworks: { nist: ['AC-2', 'IA-5'], cis: ['5.5'], soc2: ['CC6.1'] },
});
