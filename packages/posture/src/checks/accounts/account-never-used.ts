import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { isOfPerson } from '../../sql/people.js';

// A provider may keep no sign-in of somebody whose use is in the log: of the API, or of rights of administration.
const ANY_USE = `'sign_in', 'application', 'administration', 'api'`;

export const accountNeverUsed = defineCheck({
  id: 'account-never-used',
  title: 'Account that nobody has ever used',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'low', when: 'isSuspended', because: 'the account is suspended' }],
  subject: 'account',
  population: 'people',
  needs: ['account', 'account.lastLoginAt', 'account.activatedAt'],
  touchedBy: { account: 'key' },
  parameters: { days: days('Days after which a new account should have been used', 14) },
  // Those that wait for their owner, with a password still to be set, are stuck: another check.
  sql: `SELECT a.key, jsonb_build_object('login', a.login, 'activatedAt', ${instant('a.activated_at')}, 'status', a.status,
      'isSuspended', a.status = 'suspended') AS evidence
    FROM accounts a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status NOT IN ('deprovisioned', 'staged', 'provisioned')
      AND a.last_login_at IS NULL AND a.activated_at < ${daysAgo('$days')} AND ${isOfPerson('a')}
      AND NOT EXISTS (SELECT 1 FROM usage u WHERE u.integration_id = $integration AND u."use" IN (${ANY_USE}) AND u.principal = a.key)`,
  why: `Its first password went out by mail or on paper and may be in use still, and nobody has enrolled a factor. Whoever signs in first is taken for its owner, and enrols a factor of their own.`,
  fix: [
    'Ask the manager whether the person has begun to work here.',
    'If so, set a new first password and hand it over in person.',
    'If not, deactivate the account.',
  ],
  console: { okta: ['Directory > People > the person > More Actions > Deactivate.'] },
  action: 'suspend_account',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-2(3)'], cis: ['5.3'], soc2: ['CC6.2'] },
});
