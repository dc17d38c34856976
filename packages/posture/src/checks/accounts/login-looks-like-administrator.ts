import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS } from '../../sql/administrator-accounts.js';
import { instant } from '../../sql/evidence.js';
import { firstDistinct } from '../../sql/lists.js';
import { foldedName, plainName } from '../../sql/look-alike.js';

export const loginLooksLikeAdministrator = defineCheck({
  id: 'login-looks-like-administrator',
  title: 'Account whose login looks like that of an administrator',
  area: 'accounts',
  severity: 'medium',
  context: [
    { to: 'low', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'high', when: 'isImitated', because: 'letters are replaced by others that look the same' },
  ],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'membership', 'role', 'role_assignment', 'account.login'],
  parameters: { least: count('Letters that a login must have to be compared', 4, { min: 1, max: 50 }) },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, theirs AS MATERIALIZED (
      SELECT a.login, ${plainName('a.login')} AS plain, ${foldedName('a.login')} AS folded FROM ${ADMINISTRATOR_ACCOUNTS}
      WHERE length(${plainName('a.login')}) >= $least
    ), others AS MATERIALIZED (
      SELECT a.key, a.login, a.status, a.created_at, ${plainName('a.login')} AS plain, ${foldedName('a.login')} AS folded FROM accounts a
      WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status <> 'deprovisioned'
        AND NOT EXISTS (SELECT 1 FROM administrators d WHERE d.account COLLATE "C" = a.key)
    )
    SELECT o.key, jsonb_build_object('login', o.login, 'looksLike', ${firstDistinct('t.login')}, 'createdAt', ${instant('o.created_at')},
      'isSuspended', o.status = 'suspended', 'isImitated', bool_and(o.plain <> t.plain)) AS evidence
    FROM others o JOIN theirs t ON t.folded = o.folded
    GROUP BY o.key, o.login, o.status, o.created_at`,
  why: `Whoever gives a right, answers a request or reads the log takes the one for the other. An attacker who may name an account, or rename one, uses that: rights land on the wrong one, and traces point at the right one.`,
  fix: [
    'Find out whose account it is, who made or renamed it, and when.',
    'If it is of the same person, name it so that it can be told apart.',
    'If nobody knows it, suspend it, and look at what it was given and did.',
  ],
  console: {
    okta: ['Reports > System Log: target.id of the account, events user.lifecycle.create and user.account.update_profile.'],
  },
  action: 'suspend_account',
  effort: 'minutes',
  frameworks: { nist: ['IA-4', 'AC-2'], cis: ['5.1'], soc2: ['CC6.2', 'CC7.2'] },
});
