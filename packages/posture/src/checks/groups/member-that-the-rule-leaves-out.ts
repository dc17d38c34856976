import { edgeKeySql } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { instant } from '../../sql/evidence.js';
import { PRIVILEGED_GROUPS } from '../../sql/privileged-groups.js';

export const memberThatTheRuleLeavesOut = defineCheck({
  id: 'member-that-the-rule-leaves-out',
  title: 'Member of a group with a role whom the rule of the group leaves out',
  area: 'groups',
  severity: 'medium',
  context: [{ to: 'high', when: 'isTierZero', because: 'the role is one with which one can become anybody' }],
  subject: 'membership',
  population: 'privileged_memberships',
  needs: ['membership', 'group', 'group_rule', 'account', 'role', 'role_assignment'],
  sql: `WITH RECURSIVE ${PRIVILEGED_GROUPS}, filled AS (
      SELECT DISTINCT p."group", r.key, coalesce(r.name, r.key) AS rule, r.excluded_accounts
      FROM group_rules r CROSS JOIN unnest(r.target_groups) AS t ("group") JOIN privileged p ON p."group" = t."group"
      WHERE r.integration_id = $integration AND r.removed_at IS NULL AND r.status = 'active'
    ), counted AS (
      SELECT f."group", count(DISTINCT f.key) AS rules FROM filled f GROUP BY f."group"
    ), excluded AS (
      SELECT f."group", x.account, count(DISTINCT f.key) AS rules, array_agg(DISTINCT f.rule ORDER BY f.rule) AS names
      FROM filled f CROSS JOIN unnest(f.excluded_accounts) AS x (account) GROUP BY f."group", x.account
    )
    SELECT m.key, jsonb_build_object('login', a.login, 'group', coalesce(g.name, g.key), 'roles', p.roles[1:20], 'rules', e.names[1:20],
      'since', ${instant('m.present_since')}, 'isTierZero', p.is_tier_zero) AS evidence
    FROM excluded e JOIN counted c ON c."group" = e."group" AND c.rules = e.rules
      JOIN memberships m ON m.integration_id = $integration AND m.key = (${edgeKeySql('e."group"', 'e.account')}) COLLATE "C" AND m.removed_at IS NULL
      JOIN accounts a ON a.integration_id = $integration AND a.key = e.account COLLATE "C" AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
      JOIN groups g ON g.integration_id = $integration AND g.key = e."group" COLLATE "C" AND g.removed_at IS NULL
      JOIN privileged p ON p."group" = e."group"`,
  why: `A rule says who belongs into this group, and names this account as one that does not. So somebody has put it in by hand, and with it came a role. That is how an attacker stays, and how an exception of one day becomes one for years.`,
  fix: [
    'Ask who put the account into the group, and why: the log shows by whom and when.',
    'If the person needs the role, give it by itself and for a time.',
    'Otherwise take the account out of the group.',
  ],
  console: {
    okta: [
      'Directory > Groups > the group > People: remove the person.',
      'Reports > System Log: group.user_membership.add with the group.',
    ],
  },
  action: 'remove_membership',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-6(7)'], cis: ['6.1', '6.8'], soc2: ['CC6.3', 'CC7.1'] },
});
