import { defineCheck } from '../../check/check.js';
import { PATHS_NEED, PATHS_SEE_MORE_WITH } from '../../paths/path-needs.js';
import { waysOf } from '../../sql/attack-paths.js';

export const applicationWithAWayToTierZero = defineCheck({
  id: 'application-with-a-way-to-tier-zero',
  title: 'Whoever runs this application can become a super administrator',
  area: 'applications',
  severity: 'high',
  subject: 'application',
  population: 'applications',
  needs: [...PATHS_NEED, 'surveyed:ways', 'application'],
  seesMoreWith: PATHS_SEE_MORE_WITH.filter((need) => need !== 'application'),
  sql: `WITH RECURSIVE ${waysOf('application')}
    SELECT t.key, jsonb_build_object('label', t.label, 'steps', s.steps, 'distance', s.distance) AS evidence
    FROM starts s JOIN applications t ON t.integration_id = $integration AND t.key = s.key AND t.removed_at IS NULL AND t.status = 'active'`,
  why: `The application is sent the password of somebody who matters, or decides who is in a group that matters. Those who run it, and whoever breaks into it, have a way to the rights over everything that no list of administrators shows.`,
  fix: [
    'Look at the way, step by step.',
    'Stop the writing of passwords, or take the administrators out of the application.',
    'Give rights to groups that are kept here, not to those that another system fills.',
    'Where it must stay, guard the application as the organisation itself.',
  ],
  console: {
    okta: ['Applications > the application > Provisioning.', 'Security > Administrators > Admins: choose another group.'],
  },
  action: 'stop_password_push',
  effort: 'days',
  frameworks: { nist: ['AC-6', 'AC-4'], cis: ['6.8'], soc2: ['CC6.3'] },
});
