import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';

export const accountNotUsed = defineCheck({
  id: 'account-not-used',
  title: 'Account that nobody has used for long',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'low', when: 'isSuspended', because: 'the account is suspended' }],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'account.lastLoginAt'],
  touchedBy: { account: 'key' },
  parameters: { days: days('Days without a sign-in', 90) },
  sql: `SELECT a.key, jsonb_build_object('login', a.login, 'lastLoginAt', ${instant('a.last_login_at')}, 'status', a.status,
      'isSuspended', a.status = 'suspended') AS evidence
    FROM accounts a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status NOT IN ('deprovisioned', 'staged')
      AND a.last_login_at < ${daysAgo('$days')}`,
  why: `Nobody would notice if somebody else used it. People leave, change their task or forget an account; its password does not, and whoever finds it has all that the account reaches.`,
  fix: [
    'Ask the manager whether the account is still needed.',
    'Suspend it; after 30 days in which nobody misses it, deactivate it.',
    'Let a rule do this for all accounts from now on.',
  ],
  console: { okta: ['Workflow > Automations: User Inactivity in Okta, with the action Change user lifecycle state.'] },
  action: 'suspend_account',
  effort: 'minutes',
  frameworks: { nist: ['AC-2(3)'], cis: ['5.3'], soc2: ['CC6.2'], stig: ['OKTA-APP-000090'] },
});
