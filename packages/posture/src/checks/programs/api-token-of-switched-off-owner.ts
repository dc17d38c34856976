import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { instant } from '../../sql/evidence.js';

export const apiTokenOfSwitchedOffOwner = defineCheck({
  id: 'api-token-of-switched-off-owner',
  title: 'API token whose owner is suspended, switched off or gone',
  area: 'programs',
  severity: 'high',
  context: [{ to: 'critical', when: 'isAdministrator', because: 'the owner could become anybody, and has the role still' }],
  subject: 'api_token',
  population: 'api_tokens',
  needs: ['account', 'membership', 'role', 'role_assignment', 'api_token', 'api_token.account'],
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT t.key, jsonb_build_object('name', t.name, 'owner', a.login, 'ownerStatus', a.status, 'isGone', a.removed_at IS NOT NULL,
      'isAdministrator', coalesce(d.is_tier_zero, false), 'network', t.network, 'createdAt', ${instant('t.created_at')}) AS evidence
    FROM api_tokens t JOIN accounts a ON a.integration_id = $integration AND a.key = t.account COLLATE "C"
      LEFT JOIN administrators d ON d.account = t.account
    WHERE t.integration_id = $integration AND t.removed_at IS NULL
      AND (a.removed_at IS NOT NULL OR a.status IN ('suspended', 'deprovisioned'))`,
  why: `Nobody answers for this token any more. Whoever left may have kept a copy, and on the day on which the account is let in again the token has all of its rights.`,
  fix: [
    'Find out whether a program still calls with it.',
    'Give that program a token of a service account, or make it an OAuth client.',
    'Revoke this one.',
    'Let the list of tokens be a part of what is done when somebody leaves.',
  ],
  console: { okta: ['Security > API > Tokens > the token > Revoke.'] },
  action: 'revoke_api_token',
  effort: 'hours',
  frameworks: { nist: ['AC-2', 'PS-4'], cis: ['5.5', '6.2'], soc2: ['CC6.2'] },
});
