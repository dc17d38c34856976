import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { hasNone } from '../../sql/has-none.js';

export const applicationSwitchedOff = defineCheck({
  id: 'application-switched-off',
  title: 'Application that is switched off and was never cleared away',
  area: 'applications',
  severity: 'low',
  context: [{ to: 'informational', when: 'isUnassigned', because: 'it is assigned to nobody' }],
  subject: 'application',
  population: 'all_applications',
  needs: ['application', 'application.updatedAt', 'app_assignment'],
  parameters: { days: days('Days since it was changed last', 30) },
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'updatedAt', ${instant('t.updated_at')}, 'isUnassigned', ${hasNone('app_assignments', 't')}) AS evidence
    FROM applications t
    WHERE t.integration_id = $integration AND t.removed_at IS NULL AND t.status = 'inactive' AND t.updated_at < ${daysAgo('$days')}`,
  why: `It keeps its assignments, its secrets and its address. Whoever may manage applications switches it on with one click, and it works again for all who had it, as if it had been there all the time.`,
  fix: ['Ask its owner whether it will come back.', 'Take its assignments away, and delete it.'],
  console: { okta: ['Applications > Applications > Inactive: the application > Delete.'] },
  effort: 'minutes',
  frameworks: { nist: ['CM-8', 'CM-7'], cis: ['4.8'], soc2: ['CC6.2'] },
});
