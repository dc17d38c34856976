import { defineCheck } from '../../check/check.js';
import { percent } from '../../check/parameter.js';
import { isCheckedElsewhere } from '../../sql/credential-provider.js';
import { instant } from '../../sql/evidence.js';

const SAYS_WHOSE = `(coalesce(a.manager, '') <> '' OR coalesce(a.employee_number, '') <> '' OR coalesce(a.department, '') <> '')`;

export const accountOfNobody = defineCheck({
  id: 'account-of-nobody',
  title: 'Account of which nothing says whose it is',
  area: 'accounts',
  severity: 'low',
  context: [
    { to: 'informational', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'medium', when: 'isOfProgram', because: 'the account is of a program, so that somebody must answer for it' },
  ],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'account.manager'],
  parameters: { percent: percent('Share of accounts that must have such details, or nobody is named', 80) },
  // Where most accounts have none the organisation keeps them elsewhere. What another directory makes, has its owner there.
  sql: `WITH kept AS (
      SELECT count(*) > 0 AND 100 * count(*) FILTER (WHERE ${SAYS_WHOSE}) >= $percent * count(*) AS most
      FROM accounts a WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
    )
    SELECT a.key, jsonb_build_object('login', a.login, 'displayName', a.display_name, 'createdAt', ${instant('a.created_at')},
      'userType', a.user_type, 'isSuspended', a.status = 'suspended', 'isOfProgram', coalesce(NOT a.is_human, false)) AS evidence
    FROM accounts a, kept k
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status <> 'deprovisioned' AND k.most AND NOT ${SAYS_WHOSE}
      AND ${isCheckedElsewhere('a')} IS NOT TRUE`,
  why: `Nobody would say that this account is to go when its owner leaves, because nothing says who that is. Accounts that were made by hand, past the process for joiners, look like this, and so do those that an attacker makes.`,
  fix: [
    'Find in the log who made the account, and ask what for.',
    'Write down a manager, or for an account of a program an owner.',
    'Suspend it if nobody claims it.',
  ],
  console: { okta: ['Directory > People > the person > Profile > Edit: Manager, Department, Employee number.'] },
  action: 'suspend_account',
  effort: 'minutes',
  frameworks: { nist: ['AC-2'], cis: ['5.1', '5.5'], soc2: ['CC6.2'] },
});
