import { defineCheck } from '../../check/check.js';
import { PATHS_NEED, PATHS_SEE_MORE_WITH } from '../../paths/path-needs.js';
import { waysOf } from '../../sql/attack-paths.js';

export const programWithAWayToTierZero = defineCheck({
  id: 'program-with-a-way-to-tier-zero',
  title: 'Program that can make itself a super administrator',
  area: 'programs',
  severity: 'critical',
  subject: 'application',
  population: 'applications',
  needs: [...PATHS_NEED, 'surveyed:ways', 'application'],
  seesMoreWith: PATHS_SEE_MORE_WITH.filter((need) => need !== 'application'),
  sql: `WITH RECURSIVE ${waysOf('client')}
    SELECT t.key, jsonb_build_object('label', t.label, 'steps', s.steps, 'distance', s.distance) AS evidence
    FROM starts s JOIN applications t ON t.integration_id = $integration AND t.key = s.key AND t.removed_at IS NULL AND t.status = 'active'`,
  why: `A program has no second factor, and its key lies in a file, a pipeline or a vault that many can read. Whoever has it goes the same way to the rights over everything, at any hour, without anybody signing in.`,
  fix: [
    'Look at the way, step by step.',
    'Narrow the role of the program to what it does: some groups, some applications.',
    'Let it prove itself by a key instead of a secret, and from known addresses only.',
  ],
  console: {
    okta: [
      'Applications > the application > Admin roles.',
      'Security > Administrators > Roles: make a role for just what it does.',
    ],
  },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'IA-9'], cis: ['5.5', '6.8'], soc2: ['CC6.3'] },
});
