import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';

export const logWithoutRecentEvents = defineCheck({
  id: 'log-without-recent-events',
  title: 'The log has no new events',
  area: 'organisation',
  severity: 'high',
  subject: 'organisation',
  population: 'organisation',
  needs: ['activity'],
  parameters: { days: days('Days in which something must have been written', 2) },
  sql: `SELECT 'organisation' AS key, jsonb_build_object('newestAt', ${instant('x.newest')}) AS evidence
    FROM (SELECT max(e.published) AS newest FROM activity e WHERE e.integration_id = $integration AND e.removed_at IS NULL) x
    WHERE x.newest IS NULL OR x.newest < ${daysAgo('$days')}`,
  why: `An organisation at work writes events every hour. When none come, either they are not written or we are not shown them, and an attack would leave no trace here.`,
  fix: [
    'Look at the log in the console of the provider: are there newer events?',
    'If so, see whether the account of this integration may still read all of the log.',
    'If not, ask the provider.',
  ],
  console: {
    okta: [
      'Reports > System Log.',
      'Applications > Applications > the program of this integration > Admin roles, Okta API Scopes.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AU-2', 'AU-3', 'AU-12'], cis: ['8.2'], soc2: ['CC7.2'] },
});
