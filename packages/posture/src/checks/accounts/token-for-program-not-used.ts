import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';

const LAST = 'greatest(g.created_at, g.updated_at)';

export const tokenForProgramNotUsed = defineCheck({
  id: 'token-for-program-not-used',
  title: 'Token of a program that has not been renewed for long',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'low', when: 'ends', because: 'it ends by itself' }],
  subject: 'token_grant',
  population: 'token_grants',
  needs: ['account', 'application', 'token_grant', 'token_grant.createdAt'],
  parameters: { days: days('Days without a renewal', 90) },
  // Those of accounts that are switched off are named by another check.
  sql: `SELECT g.key, jsonb_build_object('login', a.login, 'program', coalesce(p.label, g.client_id, g.application), 'scopes', g.scopes[1:20],
      'scopeCount', cardinality(g.scopes), 'createdAt', ${instant('g.created_at')}, 'updatedAt', ${instant('g.updated_at')},
      'expiresAt', ${instant('g.expires_at')}, 'ends', g.expires_at IS NOT NULL) AS evidence
    FROM token_grants g
      JOIN accounts a ON a.integration_id = $integration AND a.key = g.account COLLATE "C" AND a.removed_at IS NULL
        AND a.status NOT IN ('suspended', 'deprovisioned')
      LEFT JOIN applications p ON p.integration_id = $integration AND p.key = g.application COLLATE "C"
    WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.status = 'active' AND g.type = 'refresh_token'
      AND (g.expires_at IS NULL OR g.expires_at > now()) AND ${LAST} < ${daysAgo('$days')}`,
  why: `It lies on a telephone or a laptop that may have been sold, lost or left at a vendor. Whoever finds it acts for the account without a password and without a second factor.`,
  fix: [
    'Revoke it: a program that is in use asks for a new one.',
    'Let such tokens end when they are not renewed for a month.',
  ],
  console: {
    okta: [
      'Security > API > Authorization Servers > the server > Access Policies > the rule: Refresh token lifetime, and the time without use.',
      'Applications > the application > General > Refresh Token: Rotate token after every use.',
    ],
  },
  action: 'revoke_grants',
  effort: 'minutes',
  frameworks: { nist: ['AC-3', 'AC-12', 'IA-5'], cis: ['6.2'], soc2: ['CC6.1', 'CC6.2'] },
});
