import { defineCheck } from '../../check/check.js';
import { minutes } from '../../check/parameter.js';
import { limit, sessionRules } from '../../sql/session-rules.js';

export const sessionIdleTooLong = defineCheck({
  id: 'session-idle-too-long',
  title: 'Sessions stay open for long while nobody uses them',
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
  needs: ['policy', 'policy_rule', 'policy_rule.session', 'policy_rule.session.idleMinutes'],
  parameters: { minutes: minutes('Minutes without use that are allowed', 15, { min: 1 }) },
  ...sessionRules({
    where: `${limit('idleMinutes')} > $minutes OR ${limit('idleMinutes')} = 0`,
    seen: `'idleMinutes', ${limit('idleMinutes')}, 'allowed', $minutes, 'isUnlimited', ${limit('idleMinutes')} = 0`,
    compares: { 'policy_rule.session.idleMinutes': limit('idleMinutes') },
  }),
  why: `Whoever sits down at a computer that was left, or copies the cookie of its browser, is that person for as long as the session lives. The STIG wants 15 minutes; many teams use 30 to 120 where computers lock by themselves.`,
  fix: [
    'Begin with the rule that is looked at first, and with the rules for administrators.',
    'Set the time without use to the value that you have chosen.',
    'Tell people before: they will be asked to sign in more often.',
  ],
  console: {
    okta: ['Security > Global Session Policy > the policy > the rule > Edit: Maximum Okta global session idle time.'],
  },
  effort: 'minutes',
  frameworks: { nist: ['AC-11', 'AC-12'], cis: ['4.3'], soc2: ['CC6.1'], stig: ['OKTA-APP-000020'] },
});
