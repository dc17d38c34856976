import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { isSecondFactor } from '../../sql/authenticators.js';
import { isFederated } from '../../sql/credential-provider.js';
import { isOfPerson, isSetUp } from '../../sql/people.js';

export const accountWithoutSecondFactor = defineCheck({
  id: 'account-without-second-factor',
  title: 'Account without a second factor',
  area: 'accounts',
  severity: 'high',
  context: [
    { to: 'low', when: 'isSuspended', because: 'the account is suspended' },
    {
      to: 'medium',
      when: 'isFederated',
      because: 'another system checks who signs in, and may ask for a second factor itself',
    },
  ],
  subject: 'account',
  population: 'people',
  needs: ['account', 'membership', 'role', 'role_assignment', 'authenticator'],
  touchedBy: { account: 'key', authenticator: 'account' },
  // Administrators have a check of their own, and what is no person has another.
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object('login', a.login, 'status', a.status, 'isSuspended', a.status = 'suspended',
      'isFederated', ${isFederated('a')}) AS evidence
    FROM accounts a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND ${isSetUp('a')} AND ${isOfPerson('a')}
      AND NOT EXISTS (SELECT 1 FROM authenticators x WHERE x.integration_id = $integration AND x.account = a.key COLLATE "default" AND ${isSecondFactor('x')})
      AND NOT EXISTS (SELECT 1 FROM administrators d WHERE d.account COLLATE "C" = a.key)`,
  why: `A password alone is guessed, phished or found in a leak, and then somebody else reads this mail and opens these applications. Most break-ins begin with an account like that.`,
  fix: [
    'Have an authenticator enrolled, with a date until when.',
    'Require it by policy, so that nobody comes in without one after that date.',
    'Suspend the accounts whose owners do not answer.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Enrollment: at least one second factor is Required.',
      'Security > Authentication Policies: each rule asks for two factor types.',
    ],
  },
  action: 'suspend_account',
  effort: 'minutes',
  frameworks: { nist: ['IA-2(2)'], cis: ['6.3', '6.4'], soc2: ['CC6.1'], stig: ['OKTA-APP-000570'] },
});
