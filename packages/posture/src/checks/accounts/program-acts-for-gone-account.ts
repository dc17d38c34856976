import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';

export const programActsForGoneAccount = defineCheck({
  id: 'program-acts-for-gone-account',
  title: 'Program can still act for an account that is suspended or switched off',
  area: 'accounts',
  severity: 'high',
  context: [{ to: 'medium', when: 'isConsentOnly', because: 'it is a consent only, and no token that works by itself' }],
  subject: 'account',
  population: 'accounts_not_in_use',
  needs: ['account', 'application', 'token_grant'],
  sql: `SELECT a.key, jsonb_build_object('login', a.login, 'status', a.status, 'programs', ${firstDistinct('coalesce(p.label, g.client_id, g.application, g.key)')},
      'grantCount', count(*), 'isConsentOnly', bool_and(g.type = 'consent')) AS evidence
    FROM token_grants g
      JOIN accounts a ON a.integration_id = $integration AND a.key = g.account COLLATE "C" AND a.removed_at IS NULL
        AND a.status IN ('suspended', 'deprovisioned')
      LEFT JOIN applications p ON p.integration_id = $integration AND p.key = g.application COLLATE "C"
    WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.status = 'active' AND (g.expires_at IS NULL OR g.expires_at > now())
    GROUP BY a.key, a.login, a.status`,
  why: `The person can no longer sign in, but a program on a telephone or at a vendor holds a token that was given before. Where it is honoured it fetches new ones, and whoever has the device reads on.`,
  fix: [
    'Revoke the tokens and consents of the account.',
    'End its sessions in the applications that they are for.',
    'Let the process for leavers do both.',
  ],
  console: {
    okta: ['Directory > People > the person > More Actions > Clear User Sessions, with the tokens of OAuth clients.'],
  },
  action: 'revoke_grants',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-12', 'PS-4'], cis: ['6.2'], soc2: ['CC6.2', 'CC6.3'] },
});
