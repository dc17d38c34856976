import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { isOneOf } from '../../sql/texts.js';

const weak = `ARRAY(SELECT DISTINCT lower(w) FROM unnest(coalesce(m.methods, ARRAY[m.type, m.product])) w
  WHERE ${isOneOf('w', '$weak')} ORDER BY 1)`;

export const weakSignInMethodOn = defineCheck({
  id: 'weak-sign-in-method-on',
  title: 'A weak second factor is offered to everybody',
  area: 'organisation',
  severity: 'low',
  context: [{ to: 'medium', when: 'isByTelephone', because: 'numbers are taken over, and codes are talked out of people' }],
  subject: 'sign_in_method',
  population: 'sign_in_methods',
  needs: ['sign_in_method'],
  parameters: {
    weak: texts('Ways that are weak', ['sms', 'voice', 'call', 'phone', 'security_question', 'question', 'email']),
  },
  sql: `SELECT m.key, jsonb_build_object('name', m.name, 'product', m.product, 'weak', m.weak,
      'isByTelephone', m.weak && '{sms,voice,call,phone}'::text[]) AS evidence
    FROM (SELECT m.*, ${weak} AS weak FROM sign_in_methods m
      WHERE m.integration_id = $integration AND m.removed_at IS NULL AND m.status = 'active') m
    WHERE cardinality(m.weak) > 0`,
  why: `An attacker chooses the weakest way that is offered. Text messages and calls are redirected, mailboxes are open already, and answers to questions are known to others.`,
  fix: [
    'See who has nothing better, and have them enrol an app, a passkey or a security key.',
    'Take the way out of the enrolment policies, group by group.',
    'Switch it off; keep mail for recovery only, if you need it there.',
  ],
  console: {
    okta: [
      'Security > Authenticators > Enrollment: set it to Disabled in each policy.',
      'Security > Authenticators > Setup > the authenticator > Actions: Deactivate, or Edit: This authenticator can be used for Recovery.',
    ],
  },
  effort: 'days',
  frameworks: { nist: ['IA-2', 'IA-5'], cis: ['6.3'], soc2: ['CC6.1'] },
});
