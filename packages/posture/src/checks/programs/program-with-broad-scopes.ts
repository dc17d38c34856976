import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { instant } from '../../sql/evidence.js';
import { isScope, ROLES_OF_PROGRAMS } from '../../sql/scopes.js';

/** By each of them a program can come to more rights than it was given. */
const BROAD = [
  'users.manage',
  'groups.manage',
  'apps.manage',
  'appGrants.manage',
  'roles.manage',
  'policies.manage',
  'idps.manage',
  'authenticators.manage',
  'authorizationServers.manage',
  'clients.manage',
  'orgs.manage',
];

export const programWithBroadScopes = defineCheck({
  id: 'program-with-broad-scopes',
  title: 'Program that may change people, groups, applications, roles or policies',
  area: 'programs',
  severity: 'high',
  context: [
    { to: 'critical', when: 'canBecomeAnybody', because: 'it holds a role as well by which it can become anybody' },
    { to: 'medium', when: 'hasNoRole', because: 'it acts by itself and holds no role, without which the scopes give little' },
  ],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'role', 'role_assignment', 'app_grant'],
  parameters: { scopes: texts('Scopes that are too broad, or how they end', BROAD) },
  // Thousands of grants are of some hundred scopes.
  sql: `WITH ${ROLES_OF_PROGRAMS}, scopes AS (
      SELECT DISTINCT g.scope FROM app_grants g WHERE g.integration_id = $integration AND g.scope IS NOT NULL
    ), broad_scopes AS MATERIALIZED (
      SELECT c.scope FROM scopes c WHERE ${isScope('c.scope', '$scopes')}
    ), broad AS (
      SELECT g.application, count(*) AS count, (array_agg(g.scope ORDER BY g.scope COLLATE "C"))[1:20] AS scopes, min(g.created_at) AS since
      FROM app_grants g
      WHERE g.integration_id = $integration AND g.removed_at IS NULL AND g.status = 'active'
        AND g.scope IN (SELECT c.scope FROM broad_scopes c)
      GROUP BY g.application
    )
    SELECT a.key, jsonb_build_object('label', a.label, 'clientId', a.client_id, 'count', b.count, 'scopes', b.scopes,
      'roles', coalesce(r.roles, '{}'), 'canBecomeAnybody', coalesce(r.is_tier_zero, false),
      'hasNoRole', r.client IS NULL AND coalesce(a.oauth_client ->> 'type' = 'service', false), 'since', ${instant('b.since')}) AS evidence
    FROM broad b JOIN applications a ON a.integration_id = $integration AND a.key = b.application COLLATE "C"
        AND a.removed_at IS NULL AND a.status = 'active'
      LEFT JOIN roles_of_programs r ON r.client = b.application`,
  why: `Whoever gets hold of the secret of this program can make himself an administrator, let himself into any application or change who may sign in. Nobody sees a sign-in, since none is needed.`,
  fix: [
    'Ask the owner what the program changes, and look at what it has changed.',
    'Grant the scopes for just that, and those for reading otherwise.',
    'Take back the others, and bind its role to the groups or applications that it works on.',
  ],
  console: {
    okta: [
      'Applications > Applications > the program > Okta API Scopes: Revoke what it does not need.',
      'Applications > Applications > the program > Admin roles.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'IA-9'], cis: ['6.8'], soc2: ['CC6.3'] },
});
