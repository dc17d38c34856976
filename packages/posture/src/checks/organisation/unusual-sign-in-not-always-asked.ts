import { defineCheck } from '../../check/check.js';
import { known } from '../../check/unsaid.js';
import { sessionRules } from '../../sql/session-rules.js';

const PROMPT = known(`t.session ->> 'prompt'`);
const BEHAVIOURS = `jsonb_array_length(coalesce(t.session -> 'behaviours', '[]'))`;

export const unusualSignInNotAlwaysAsked = defineCheck({
  id: 'unusual-sign-in-not-always-asked',
  title: 'A second factor for unusual sign-ins that is not asked for each time',
  area: 'organisation',
  severity: 'medium',
  context: [
    {
      to: 'low',
      when: 'isNeverReached',
      because: 'a rule before it is for everybody, so that this one seems never to be reached',
    },
  ],
  subject: 'policy_rule',
  population: 'session_rules',
  needs: ['policy', 'policy_rule', 'policy_rule.session', 'policy_rule.session.prompt'],
  ...sessionRules({
    where: `t.mfa_required AND ${BEHAVIOURS} > 0 AND ${PROMPT} IN ('device', 'session')`,
    seen: `'prompt', t.session ->> 'prompt', 'behaviours', ${BEHAVIOURS}`,
    compares: { 'policy_rule.mfaRequired': 't.mfa_required', 'policy_rule.session.prompt': PROMPT },
  }),
  why: `The rule waits for something unusual, such as a new place, and then wants a second factor. As set, it is satisfied with one that was given before: on a device that is remembered the unusual sign-in passes without a question.`,
  fix: ['Let the rule ask each time.', 'Leave it to rules without such a condition to remember a device.'],
  console: {
    okta: [
      'Security > Global Session Policy > the policy > the rule > Edit: Users will be prompted for MFA: At every sign in.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['IA-2', 'IA-11'], soc2: ['CC6.1'] },
});
