import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';

export const programWithManyScopes = defineCheck({
  id: 'program-with-many-scopes',
  title: 'Program that was granted very many scopes',
  area: 'programs',
  severity: 'low',
  context: [{ to: 'medium', when: 'canChange', because: 'some of them let it change what it sees' }],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'app_grant'],
  parameters: { most: count('Scopes that are allowed', 20, { min: 1, max: 1_000 }) },
  sql: `SELECT a.key, jsonb_build_object('label', a.label, 'clientId', a.client_id, 'count', g.count, 'allowed', $most,
      'canChange', g.can_change, 'scopes', g.scopes) AS evidence
    FROM (
      SELECT g.application, count(*) AS count, bool_or(g.scope ~* '(manage|write)') AS can_change,
        (array_agg(g.scope ORDER BY g.scope ~* '(manage|write)' DESC, g.scope COLLATE "C"))[1:20] AS scopes
      FROM app_grants g
      WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.status = 'active' AND g.scope IS NOT NULL
      GROUP BY g.application HAVING count(*) > $most
    ) g JOIN applications a ON a.integration_id = $integration AND a.key = g.application COLLATE "C"
      AND a.removed_at IS NULL AND a.status = 'active'`,
  why: `Such a list was made by ticking everything, and nobody knows any more what the program needs. Tools that read a whole organisation to judge its security ask for ten to twenty.`,
  fix: [
    'Ask the vendor or the owner which scopes it needs, and for what.',
    'Take back the others, those that change things first.',
    'Look a day later whether it was refused anything.',
  ],
  console: { okta: ['Applications > Applications > the program > Okta API Scopes: Revoke.'] },
  effort: 'hours',
  frameworks: { nist: ['AC-6'], cis: ['6.8'], soc2: ['CC6.3', 'CC9.2'] },
});
