import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';

/** By which powers others can be taken over or let in, and over all of what that is so; `any`: whatever the set has. */
const DANGEROUS = [
  ['everything', 'any'],
  ['manage_organisation', 'any'],
  ['manage_accounts', 'account'],
  ['reset_passwords', 'account'],
  ['reset_authenticators', 'account'],
  ['manage_accounts', 'accounts_of_group'],
  ['reset_passwords', 'accounts_of_group'],
  ['reset_authenticators', 'accounts_of_group'],
  ['manage_groups', 'group'],
  ['manage_memberships', 'group'],
  ['manage_applications', 'application'],
  ['read_client_secrets', 'application'],
  ['manage_identity_providers', 'identity_provider'],
  ['manage_policies', 'policy'],
  ['manage_roles', 'role'],
];
const VALUES = DANGEROUS.map(([power, kind]) => `('${power}', '${kind}')`).join(', ');

export const customRoleOverEverything = defineCheck({
  id: 'custom-role-over-everything',
  title: 'Role made here that holds dangerous rights over all there is',
  area: 'administrators',
  severity: 'high',
  context: [{ to: 'critical', when: 'isOverAdministrators', because: 'it holds over other administrators too' }],
  subject: 'role',
  population: 'custom_roles',
  needs: ['role', 'role_assignment', 'resource_set_member', 'role.powers'],
  sql: `WITH dangerous (power, kind) AS (VALUES ${VALUES}), wide AS (
      SELECT DISTINCT m.resource_set, m.resource_kind, coalesce(m.set_name, m.resource_set) AS name FROM resource_set_members m
      WHERE m.integration_id = $integration AND m.removed_at IS NULL AND m.resource IS NULL
    )
    SELECT r.key, jsonb_build_object('label', r.label, 'powers', ${firstDistinct('d.power')}, 'resourceSets', ${firstDistinct('w.name')},
      'assignmentCount', count(DISTINCT s.key), 'isForAll', bool_or(s.target_kind IS NULL),
      'isOverAdministrators', coalesce(r.over_administrators, false)) AS evidence
    FROM roles r
      JOIN role_assignments s ON s.integration_id = $integration AND s.role = r.key COLLATE "default" AND s.removed_at IS NULL
      LEFT JOIN wide w ON s.target_kind = 'resource_set' AND w.resource_set = s.target
      JOIN dangerous d ON d.power = ANY (r.powers) AND (s.target_kind IS NULL OR d.kind = w.resource_kind OR (d.kind = 'any' AND w.name IS NOT NULL))
    WHERE r.integration_id = $integration AND r.removed_at IS NULL AND NOT r.built_in
    GROUP BY r.key, r.label, r.over_administrators`,
  why: `Roles that were made here look small in a list, because their name says what they are for and not what they can do. With one of these rights over everything there is, their holders can let themselves into any account, or let others in.`,
  fix: [
    'Take the rights out of the role that nobody needs for the task.',
    'Name single groups or applications in its resource set, instead of all.',
    'Where all are needed, keep administrators out of what it covers, and give it for a time only.',
  ],
  console: {
    okta: [
      'Security > Administrators > Roles > the role > Edit: its permissions.',
      'Security > Administrators > Resources > the resource set > Edit: what it has.',
    ],
  },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-6(1)', 'AC-3'], cis: ['6.8'], soc2: ['CC6.3'] },
});
