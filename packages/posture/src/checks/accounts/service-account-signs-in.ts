import { defineCheck } from '../../check/check.js';
import { days, texts } from '../../check/parameter.js';
import { daysAgo } from '../../sql/evidence.js';
import { hasWholeWord } from '../../sql/name-words.js';

const SAYS_SERVICE = hasWholeWord(`coalesce(a.user_type, '') || ' ' || split_part(coalesce(a.login, ''), '@', 1)`, '$words');

export const serviceAccountSignsIn = defineCheck({
  id: 'service-account-signs-in',
  title: 'Service account that somebody signs in with',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'low', when: 'isByNameOnly', because: 'only its name or its type says that it is a service account' }],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'account.lastLoginAt'],
  touchedBy: { account: 'key' },
  parameters: {
    words: texts('Words in a login or a user type by which a service account is known', [
      'service',
      'svc',
      'bot',
      'robot',
      'daemon',
    ]),
    days: days('Days in which there was a sign-in', 30),
  },
  // Not when: that would be another finding each day.
  sql: `SELECT a.key, jsonb_build_object('login', a.login, 'userType', a.user_type, 'status', a.status,
      'isByNameOnly', a.is_human IS NOT FALSE) AS evidence
    FROM accounts a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status NOT IN ('deprovisioned', 'suspended')
      AND a.last_login_at >= ${daysAgo('$days')} AND (a.is_human IS FALSE OR ${SAYS_SERVICE})`,
  why: `Several people know the password, so that nobody can say who it was; and because a program depends on it, it is never changed. Or a program types a password where it should have a key, and the password lies in a file.`,
  fix: [
    'Find out from where it signs in, and whether that is a person or a program.',
    'Give people accounts of their own.',
    'Give the program an OAuth client with a key, and just the scopes that it needs.',
    'Then deny this account any sign-in.',
  ],
  console: {
    okta: [
      'Reports > System Log: actor.id of the account, event user.session.start, with the address and the client.',
      'Security > Global Session Policy: a rule that denies the group of service accounts.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-4', 'AC-2', 'IA-9'], cis: ['5.5'], soc2: ['CC6.1'] },
});
