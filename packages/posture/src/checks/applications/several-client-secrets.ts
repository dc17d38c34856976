import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { isOn } from '../../sql/sensitive-applications.js';

export const severalClientSecrets = defineCheck({
  id: 'several-client-secrets',
  title: 'Application whose old secret still works beside the new one',
  area: 'applications',
  severity: 'medium',
  subject: 'application',
  population: 'oauth_clients',
  needs: ['client_secret', 'client_secret.createdAt', 'application'],
  parameters: { days: days('Days for changing from one to the other', 14) },
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'secrets', c.count, 'oldestCreatedAt', ${instant('c.oldest')}, 'newestCreatedAt', ${instant('c.newest')}) AS evidence
    FROM (
      SELECT c.application, count(*) AS count, min(c.created_at) AS oldest, max(c.created_at) AS newest FROM client_secrets c
      WHERE c.integration_id = $integration AND c.removed_at IS NULL AND c.status = 'active' AND c.created_at IS NOT NULL
      GROUP BY c.application HAVING count(*) > 1 AND max(c.created_at) < ${daysAgo('$days')}
    ) c JOIN applications t ON t.key = c.application COLLATE "C" AND ${isOn('t')}`,
  why: `A second secret was made in order to change the first, and then nobody came back. What the change was for has not happened: whoever has the old secret can still speak as the application.`,
  fix: ['Look in the log which of them is still used.', 'Move the last user to the new one, and switch the old one off.'],
  console: { okta: ['Applications > the application > General > Client Credentials > Client Secrets: Deactivate.'] },
  action: 'deactivate_secret',
  effort: 'minutes',
  frameworks: { nist: ['IA-5'], cis: ['5.2'], soc2: ['CC6.1'] },
});
