import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';

export const accountStuck = defineCheck({
  id: 'account-stuck',
  title: 'Account that has been half set up, locked or in a reset for long',
  area: 'accounts',
  severity: 'low',
  context: [{ to: 'medium', when: 'isWaitingForPassword', because: 'whoever sets the next password first has the account' }],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'account.statusChangedAt'],
  touchedBy: { account: 'key' },
  parameters: { days: days('Days after which such a state should be over', 30) },
  sql: `SELECT a.key, jsonb_build_object('login', a.login, 'status', a.status, 'statusChangedAt', ${instant('a.status_changed_at')},
      'isWaitingForPassword', a.status IN ('provisioned', 'recovery')) AS evidence
    FROM accounts a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status_changed_at < ${daysAgo('$days')}
      AND a.status IN ('staged', 'provisioned', 'recovery', 'password_expired', 'locked')`,
  why: `Nobody waits for the account, or its owner would have called. It has its groups and applications all the same, and a call to the help desk by somebody who says to be its owner sounds believable.`,
  fix: [
    'Ask the manager whether the account is needed.',
    'If so, finish what was begun together with its owner.',
    'If not, deactivate it.',
  ],
  console: { okta: ['Directory > People > filter by status: Staged, Pending user action, Password expired, Locked out.'] },
  action: 'deactivate_account',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-2(3)'], cis: ['5.1', '5.3'], soc2: ['CC6.2'] },
});
