import { defineCheck } from '../../check/check.js';
import { known, undecided } from '../../check/unsaid.js';
import { firstDistinct } from '../../sql/lists.js';

const TYPE = known(`p.oauth_client ->> 'type'`);
const FROM = `FROM app_grants g JOIN applications p ON p.integration_id = $integration AND p.key = g.application COLLATE "C" AND p.removed_at IS NULL
        AND p.status = 'active'
    WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.status = 'active' AND g.scope IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM role_assignments s WHERE s.integration_id = $integration AND s.principal = g.application
        AND s.principal_kind = 'client' AND s.removed_at IS NULL)`;

export const programWithScopesButNoRole = defineCheck({
  id: 'program-with-scopes-but-no-role',
  title: 'Program is granted scopes that it has no role for',
  area: 'administrators',
  severity: 'low',
  context: [{ to: 'medium', when: 'canChange', because: 'some of the scopes let it change things' }],
  subject: 'application',
  population: 'oauth_clients',
  needs: ['application', 'role_assignment', 'app_grant', 'application.oauthClient', 'application.oauthClient.type'],
  // Programs that work for a person use the roles of that person: they need none of their own.
  sql: `SELECT p.key, jsonb_build_object('label', p.label, 'scopes', ${firstDistinct('g.scope')}, 'scopeCount', count(DISTINCT g.scope),
      'canChange', bool_or(g.scope ~* '(^|[^a-z])(manage|write)([^a-z]|$)')) AS evidence
    ${FROM} AND ${TYPE} = 'service' GROUP BY p.key, p.label`,
  undecided: undecided({
    key: 'p.key',
    from: `${FROM} AND p.oauth_client IS NOT NULL`,
    where: TYPE,
    compares: { 'application.oauthClient.type': TYPE },
  }),
  why: `Either the program does not work, or it is a leftover. What it was granted stays, and becomes real when somebody gives the program a role, or when a setting gives new programs every right.`,
  fix: [
    'Ask the owner what the program does, and when it last worked.',
    'Revoke the scopes that it does not use.',
    'Give it a small role if it is needed, or deactivate it.',
  ],
  console: { okta: ['Applications > the application > Okta API Scopes: revoke each that is not needed.'] },
  action: 'deactivate_application',
  effort: 'minutes',
  frameworks: { nist: ['AC-6', 'CM-7'], cis: ['5.5', '6.2'], soc2: ['CC6.3'] },
});
