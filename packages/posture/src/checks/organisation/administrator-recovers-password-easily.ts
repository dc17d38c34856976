import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { ADMINISTRATORS_BY_PASSWORD_POLICY } from '../../sql/administrators-by-password-policy.js';

const ways = `ARRAY(SELECT w FROM jsonb_array_elements_text(p.password -> 'recovery') w WHERE w = ANY ($ways) ORDER BY w COLLATE "C")`;

export const administratorRecoversPasswordEasily = defineCheck({
  id: 'administrator-recovers-password-easily',
  title: 'Administrators can get a new password by telephone, mail or a question',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'high', when: 'hasSuperAdministrator', because: 'a super administrator is among them' }],
  subject: 'policy',
  population: 'password_policies',
  needs: ['account', 'membership', 'role', 'role_assignment', 'policy', 'policy.password'],
  parameters: { ways: texts('Ways that are too easy', ['sms', 'call', 'email', 'question']) },
  sql: `WITH RECURSIVE ${ADMINISTRATORS_BY_PASSWORD_POLICY}
    SELECT p.key, jsonb_build_object('policy', p.name, 'ways', ${ways}, 'count', d.count, 'administrators', d.accounts,
      'hasSuperAdministrator', d.is_super) AS evidence
    FROM policies p JOIN decided d ON d.policy = p.key
    WHERE p.integration_id = $integration AND cardinality(${ways}) > 0`,
  why: `Whoever takes over the telephone number or the mailbox of an administrator, or finds the answer to a question, chooses a new password. The strength of the old one does not matter then.`,
  fix: [
    'Make a password policy for the group of administrators, before all others.',
    'Switch off these ways in it; let them be helped by a colleague who knows them.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Password > Actions > Edit > Add new password policy: for the group of administrators, and in its rule Recovery authenticators.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-5'], cis: ['6.5'], soc2: ['CC6.1'] },
});
