import { isOf } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { PRIVILEGED_GROUPS } from '../../sql/privileged-groups.js';

export const newMemberOfGroupWithRole = defineCheck({
  id: 'new-member-of-group-with-role',
  title: 'Account that was lately put into a group with a role',
  area: 'groups',
  severity: 'medium',
  context: [
    { to: 'high', when: 'isTierZero', because: 'the role is one with which one can become anybody' },
    { to: 'low', when: 'isFilledByRule', because: 'a rule fills the group, and may have brought the account' },
  ],
  subject: 'membership',
  population: 'privileged_memberships',
  needs: ['membership', 'group', 'group_rule', 'account', 'role', 'role_assignment'],
  parameters: { days: days('Days for which somebody is new', 14) },
  // What was there when it was listed for the first time has no beginning that is known.
  sql: `WITH RECURSIVE ${PRIVILEGED_GROUPS}
    SELECT m.key, jsonb_build_object('login', a.login, 'group', coalesce(g.name, g.key), 'roles', p.roles[1:20], 'since', ${instant('m.present_since')},
      'isTierZero', p.is_tier_zero, 'isFilledByRule', EXISTS (SELECT 1 FROM group_rules r WHERE r.integration_id = $integration
        AND r.removed_at IS NULL AND r.status = 'active' AND p."group" = ANY (r.target_groups) AND NOT m.member = ANY (r.excluded_accounts))) AS evidence
    FROM privileged p CROSS JOIN LATERAL (SELECT e.key, e.member, e.present_since, e.stream FROM memberships e WHERE e.integration_id = $integration
        AND ${isOf('e', 'group', 'p."group"')} AND e.member_kind = 'account' AND e.removed_at IS NULL AND e.present_since >= ${daysAgo('$days')} OFFSET 0) m
      JOIN stream_state s ON s.integration_id = $integration AND s.stream = m.stream AND s.first_complete_at < m.present_since
      JOIN accounts a ON a.integration_id = $integration AND a.key = m.member COLLATE "C" AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
      JOIN groups g ON g.integration_id = $integration AND g.key = p."group" COLLATE "C" AND g.removed_at IS NULL`,
  why: `Whoever is in this group is an administrator. Attackers take that way because it looks like everyday work: no role is given, only a name is added to a list. Seen within days it is undone before much has happened.`,
  fix: [
    'Compare with the requests that were granted: who asked for it, who agreed?',
    'If nobody did, take the account out, end its sessions, and look at what it has changed.',
    'Let membership in this group end by itself after a time.',
  ],
  console: {
    okta: ['Directory > Groups > the group > People.', 'Reports > System Log: group.user_membership.add with the group.'],
  },
  action: 'remove_membership',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-6(7)'], cis: ['6.1'], soc2: ['CC6.3', 'CC7.2'] },
});
