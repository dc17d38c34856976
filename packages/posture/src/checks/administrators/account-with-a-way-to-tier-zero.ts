import { defineCheck } from '../../check/check.js';
import { PATHS_NEED, PATHS_SEE_MORE_WITH } from '../../paths/path-needs.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { waysOf } from '../../sql/attack-paths.js';

export const accountWithAWayToTierZero = defineCheck({
  id: 'account-with-a-way-to-tier-zero',
  title: 'Account that can make itself a super administrator',
  area: 'administrators',
  severity: 'critical',
  context: [{ to: 'high', when: 'hasRole', because: 'the account has a role of an administrator, and is looked after as one' }],
  subject: 'account',
  population: 'accounts',
  needs: [...PATHS_NEED, 'surveyed:ways', 'surveyed:ways'],
  seesMoreWith: PATHS_SEE_MORE_WITH,
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, ${waysOf('account')}
    SELECT a.key, jsonb_build_object('login', a.login, 'steps', s.steps, 'distance', s.distance, 'hasRole', d.account IS NOT NULL) AS evidence
    FROM starts s JOIN accounts a ON a.integration_id = $integration AND a.key = s.key AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
      LEFT JOIN administrators d ON d.account = a.key COLLATE "default"`,
  why: `Nobody gave this account the rights over everything, and it can take them: by a password that it may reset, a group that it may fill, a secret that it may read. Whoever takes over the account can do the same, and it is not guarded like an administrator's.`,
  fix: [
    'Look at the way, step by step, and at the choke points: one step often closes many ways.',
    'Take away the step that is needed least: narrow the role, change who owns the group, move the rights to another group.',
    'Where the step must stay, guard the account as an administrator: an authenticator that resists phishing, and a short session.',
  ],
  console: {
    okta: [
      'Security > Administrators > Admins: edit the role, and narrow it to groups.',
      'Directory > Groups > the group > Owners.',
    ],
  },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-6(1)'], cis: ['5.4', '6.8'], soc2: ['CC6.3'] },
});
