import { defineCheck } from '../../check/check.js';
import { firstDistinct } from '../../sql/lists.js';
import { texts } from '../../check/parameter.js';
import { PRIVILEGED_GROUPS } from '../../sql/privileged-groups.js';
import { SENSITIVE, SENSITIVE_APPLICATIONS } from '../../sql/sensitive-applications.js';

const OF_ONESELF = [
  'firstName',
  'lastName',
  'middleName',
  'honorificPrefix',
  'honorificSuffix',
  'displayName',
  'nickName',
  'secondEmail',
  'mobilePhone',
  'primaryPhone',
  'preferredLanguage',
  'locale',
  'timezone',
  'profileUrl',
  'streetAddress',
  'postalAddress',
  'city',
  'state',
  'zipCode',
];

// What stands between quotes is a value, and may be called as an attribute is.
const NAMES = `regexp_matches(regexp_replace(r.expression, '"[^"]*"|''[^'']*''', ' ', 'g'), '[[:alpha:]_][[:alnum:]_]*', 'g')`;

export const groupRuleThatPeopleCanMeet = defineCheck({
  id: 'group-rule-that-people-can-meet',
  title: 'Group rule that people can meet by editing their own profile',
  area: 'groups',
  severity: 'high',
  context: [{ to: 'critical', when: 'isTierZero', because: 'it leads to a role with which one can become anybody' }],
  subject: 'group_rule',
  population: 'group_rules',
  needs: [
    'group_rule',
    'group_rule.expression',
    'group',
    'membership',
    'role',
    'role_assignment',
    'application',
    'app_assignment',
  ],
  parameters: {
    attributes: texts('Attributes that people may edit themselves', OF_ONESELF),
    sensitive: SENSITIVE,
  },
  sql: `WITH RECURSIVE ${PRIVILEGED_GROUPS}, ${SENSITIVE_APPLICATIONS}, editable AS (
      SELECT r.key, r.name, r.expression, r.target_groups, ARRAY(SELECT DISTINCT n.found[1] FROM ${NAMES} AS n (found)
        WHERE lower(n.found[1]) IN (SELECT lower(w.name) FROM unnest($attributes) AS w (name)) ORDER BY 1) AS attributes
      FROM group_rules r WHERE r.integration_id = $integration AND r.removed_at IS NULL AND r.status = 'active'
    ), target AS (
      SELECT e.key, t."group", coalesce(g.name, g.key) AS name FROM editable e CROSS JOIN unnest(e.target_groups) AS t ("group")
        JOIN groups g ON g.integration_id = $integration AND g.key = t."group" COLLATE "C" AND g.removed_at IS NULL
      WHERE cardinality(e.attributes) > 0
    ), led AS (
      SELECT t.key, t.name, role.name AS role, NULL AS application, p.is_tier_zero
      FROM target t JOIN privileged p ON p."group" = t."group" CROSS JOIN unnest(p.roles) AS role (name)
      UNION ALL
      SELECT t.key, t.name, NULL, x.label, false
      FROM target t JOIN opening o ON o."group" = t."group" JOIN sensitive x ON x.key = o.application COLLATE "C"
    )
    SELECT e.key, jsonb_build_object('name', e.name, 'expression', left(e.expression, 500), 'attributes', e.attributes[1:20],
      'groups', l.groups, 'groupCount', l.group_count, 'roles', l.roles, 'sensitiveApplications', l.applications,
      'sensitiveApplicationCount', l.application_count, 'isTierZero', l.is_tier_zero) AS evidence
    FROM editable e JOIN (
      SELECT l.key, ${firstDistinct('l.name')} AS groups, count(DISTINCT l.name) AS group_count, bool_or(l.is_tier_zero) AS is_tier_zero,
        coalesce((array_agg(DISTINCT l.role ORDER BY l.role) FILTER (WHERE l.role IS NOT NULL))[1:20], '{}') AS roles,
        coalesce((array_agg(DISTINCT l.application ORDER BY l.application) FILTER (WHERE l.application IS NOT NULL))[1:20], '{}') AS applications,
        count(DISTINCT l.application) AS application_count
      FROM led l GROUP BY l.key
    ) l ON l.key = e.key`,
  why: `The rule asks an attribute that everybody may change in their own profile. Whoever learns what it asks for writes that down, is put into the group, and has what the group gives; nobody has to agree, and it looks as if all were in order.`,
  fix: [
    'Let the rule ask an attribute that comes from the directory of staff, and that only it can write.',
    'Or take from people the right to edit this attribute.',
    'Look through the members who have come since the rule was made.',
    'Give roles by hand or by a request, not by a rule.',
  ],
  console: {
    okta: [
      'Directory > Groups > Rules: the rule > Actions > Edit.',
      'Directory > Profile Editor > User (default) > the attribute > User permission: Read Only.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-3', 'AC-2'], cis: ['6.1', '6.8'], soc2: ['CC6.3'] },
});
