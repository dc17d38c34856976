import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS, ADMINISTRATOR_EVIDENCE } from '../../sql/administrator-accounts.js';
import { isCheckedElsewhere } from '../../sql/credential-provider.js';

export const administratorFromOtherDirectory = defineCheck({
  id: 'administrator-from-other-directory',
  title: 'Administrator whose password another system checks',
  area: 'administrators',
  severity: 'high',
  context: [{ to: 'medium', when: 'isSuspended', because: 'the account is suspended' }],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment', 'account.credentialProvider'],
  touchedBy: { account: 'key' },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object(${ADMINISTRATOR_EVIDENCE}, 'credentialProvider', a.credential_provider) AS evidence
    FROM ${ADMINISTRATOR_ACCOUNTS} WHERE ${isCheckedElsewhere('a')}`,
  why: `Whoever rules that system is an administrator here as well: they set a new password there and sign in. Attacks that begin in a directory on the premises end in the cloud in just this way.`,
  fix: [
    'Make an account of its own here for each administrator, that no directory masters.',
    'Give it a security key, and the role.',
    'Take the role from the account of the directory.',
    'Begin with those who can do everything.',
  ],
  console: {
    okta: [
      'Directory > People > Add person: an account that Okta itself masters.',
      'Security > Administrators > Admins > the administrator > Edit: take the role away.',
    ],
  },
  action: 'remove_role',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'IA-2'], cis: ['5.4'], soc2: ['CC6.1', 'CC6.3'] },
});
