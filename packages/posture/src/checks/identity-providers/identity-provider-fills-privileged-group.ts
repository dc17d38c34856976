import { defineCheck } from '../../check/check.js';
import { known, undecided } from '../../check/unsaid.js';
import { firstDistinct } from '../../sql/lists.js';
import { isActiveProvider, signsIn } from '../../sql/identity-providers.js';
import { PRIVILEGED_GROUPS } from '../../sql/privileged-groups.js';

const ACTION = known(`t.trust ->> 'groupAction'`);

export const identityProviderFillsPrivilegedGroup = defineCheck({
  id: 'identity-provider-fills-privileged-group',
  title: 'Another system can put people into a group with a role',
  area: 'identity_providers',
  severity: 'high',
  context: [{ to: 'critical', when: 'isTierZero', because: 'the role is one with which one can become anybody' }],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: [
    'identity_provider',
    'identity_provider.trust',
    'identity_provider.trust.groupAction',
    'group',
    'membership',
    'role',
    'role_assignment',
  ],
  // With an empty list it may name any group, but for those that an application or the provider itself keeps.
  sql: `WITH RECURSIVE ${PRIVILEGED_GROUPS}, filled AS (
      SELECT t.key, p."group", p.roles, p.is_tier_zero, coalesce(g.name, g.key) AS name, t.trust -> 'groups' = '[]' AS is_any
      FROM identity_providers t CROSS JOIN privileged p
        JOIN groups g ON g.integration_id = $integration AND g.key = p."group" COLLATE "C" AND g.removed_at IS NULL
      WHERE ${isActiveProvider('t')} AND (t.trust ->> 'groupAction' IN ('assign', 'append', 'sync') AND t.trust -> 'groups' ? p."group"
        OR t.trust ->> 'groupAction' IN ('append', 'sync') AND t.trust -> 'groups' = '[]' AND g.origin IN ('native', 'unknown'))
    )
    SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'groupAction', t.trust ->> 'groupAction', 'mayNameAny', f.is_any,
      'groups', f.groups, 'groupCount', f.count, 'roles', f.roles, 'isTierZero', f.is_tier_zero) AS evidence
    FROM (
      SELECT f.key, ${firstDistinct('f.name')} AS groups, count(DISTINCT f."group") AS count, ${firstDistinct('role.name')} AS roles,
        bool_or(f.is_tier_zero) AS is_tier_zero, bool_or(f.is_any) AS is_any
      FROM filled f CROSS JOIN unnest(f.roles) AS role (name) GROUP BY f.key
    ) f JOIN identity_providers t ON t.integration_id = $integration AND t.key = f.key`,
  undecided: `WITH RECURSIVE ${PRIVILEGED_GROUPS} ${undecided({
    key: 't.key',
    from: `FROM identity_providers t WHERE ${signsIn('t')} AND EXISTS (SELECT 1 FROM privileged)`,
    where: ACTION,
    compares: { 'identity_provider.trust.groupAction': ACTION },
  })}`,
  why: `The other system decides who is an administrator here: it names the group with the next sign-in, and the role is there. Nobody of this organisation has to agree, and the log shows an ordinary sign-in.`,
  fix: [
    'Write down which groups the other system may name, and leave out those with a role.',
    'Give roles by groups that are filled by hand or by a request.',
    'Look through the members that came by a sign-in.',
  ],
  console: { okta: ['Security > Identity Providers > the provider > Edit: JIT Settings > Group Assignments.'] },
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-2', 'IA-13'], cis: ['6.8', '5.4'], soc2: ['CC6.3'] },
});
