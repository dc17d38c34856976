import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { instant } from '../../sql/evidence.js';
import { firstDistinct } from '../../sql/lists.js';
import { hasWholeWord } from '../../sql/name-words.js';

export const programWithBroadConsent = defineCheck({
  id: 'program-with-broad-consent',
  title: 'Program that may change much in the name of a person',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'high', when: 'isOffline', because: 'it works while the person is not there, for as long as it likes' }],
  subject: 'token_grant',
  population: 'token_grants',
  needs: ['account', 'application', 'token_grant'],
  parameters: {
    words: texts('Words in a scope by which a program may change much', [
      'manage',
      'write',
      'readwrite',
      'admin',
      'full',
      'impersonate',
    ]),
  },
  // Of many grants the scopes are few: each of them is looked at once.
  sql: `WITH broad AS MATERIALIZED (
      SELECT array_agg(d.scope) AS scopes FROM (
        SELECT DISTINCT s.scope FROM token_grants g, unnest(g.scopes) AS s (scope)
        WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.status = 'active'
      ) d WHERE ${hasWholeWord('d.scope', '$words')}
    )
    SELECT g.key, jsonb_build_object('login', a.login, 'program', coalesce(p.label, g.client_id, g.application), 'broadScopes',
        (SELECT ${firstDistinct('s.scope')} FROM unnest(g.scopes) AS s (scope) WHERE s.scope = ANY (b.scopes)),
      'scopeCount', cardinality(g.scopes), 'createdAt', ${instant('g.created_at')},
      'isOffline', g.type = 'refresh_token' OR 'offline_access' = ANY (g.scopes)) AS evidence
    FROM broad b JOIN token_grants g ON g.scopes && b.scopes
      JOIN accounts a ON a.integration_id = $integration AND a.key = g.account COLLATE "C" AND a.removed_at IS NULL
        AND a.status NOT IN ('suspended', 'deprovisioned')
      LEFT JOIN applications p ON p.integration_id = $integration AND p.key = g.application COLLATE "C"
    WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.status = 'active' AND (g.expires_at IS NULL OR g.expires_at > now())`,
  why: `One tap on "allow" was enough, and people tap it. Attackers register programs with trusted names for just this: no password is stolen, and a new password does not end it.`,
  fix: [
    'Ask the person whether they know the program, and what it is for.',
    'Revoke the consent and the tokens if not.',
    'Let such scopes be granted by administrators alone.',
  ],
  console: {
    okta: [
      'Directory > People > the person > Applications: revoke the consent.',
      'Security > API > Authorization Servers > the server > Scopes: consent is not up to the person.',
    ],
  },
  action: 'revoke_grants',
  effort: 'minutes',
  frameworks: { nist: ['AC-3', 'AC-6'], cis: ['6.1', '6.8'], soc2: ['CC6.1', 'CC6.3'] },
});
