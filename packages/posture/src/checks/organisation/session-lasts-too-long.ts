import { defineCheck } from '../../check/check.js';
import { minutes } from '../../check/parameter.js';
import { limit, sessionRules } from '../../sql/session-rules.js';

export const sessionLastsTooLong = defineCheck({
  id: 'session-lasts-too-long',
  title: 'Sessions that last too long, or for ever',
  area: 'organisation',
  severity: 'medium',
  context: [
    {
      to: 'low',
      when: 'isNeverReached',
      because: 'a rule before it is for everybody, so that this one seems never to be reached',
    },
    { to: 'high', when: 'isUnlimited', because: 'there is no limit at all' },
  ],
  subject: 'policy_rule',
  population: 'session_rules',
  needs: ['policy', 'policy_rule', 'policy_rule.session', 'policy_rule.session.lifetimeMinutes'],
  parameters: { minutes: minutes('Minutes that a session may last', 1_080, { min: 1 }) },
  ...sessionRules({
    where: `${limit('lifetimeMinutes')} > $minutes OR ${limit('lifetimeMinutes')} = 0`,
    seen: `'lifetimeMinutes', ${limit('lifetimeMinutes')}, 'allowed', $minutes, 'isUnlimited', ${limit('lifetimeMinutes')} = 0`,
    compares: { 'policy_rule.session.lifetimeMinutes': limit('lifetimeMinutes') },
  }),
  why: `A stolen session is as good as a password and a second factor together, until it ends. One that is kept in use never becomes idle, so only its life as a whole ends it. The STIG wants 18 hours; many teams use 8 to 12, a day of work.`,
  fix: ['Set how long a session may last, in each rule that lets somebody in.', 'Shorter for administrators than for others.'],
  console: { okta: ['Security > Global Session Policy > the policy > the rule > Edit: Maximum Okta global session lifetime.'] },
  effort: 'minutes',
  frameworks: { nist: ['AC-12', 'IA-11'], soc2: ['CC6.1'], stig: ['OKTA-APP-001665'] },
});
