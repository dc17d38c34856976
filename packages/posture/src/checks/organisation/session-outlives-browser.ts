import { defineCheck } from '../../check/check.js';
import { sessionRules } from '../../sql/session-rules.js';

const PERSISTENT = `(t.session ->> 'persistent')::boolean`;

export const sessionOutlivesBrowser = defineCheck({
  id: 'session-outlives-browser',
  title: 'Sessions go on after the browser was closed',
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
  needs: ['policy', 'policy_rule', 'policy_rule.session', 'policy_rule.session.persistent'],
  ...sessionRules({
    where: PERSISTENT,
    seen: `'persistent', true, 'lifetimeMinutes', t.session -> 'lifetimeMinutes'`,
    compares: { 'policy_rule.session.persistent': PERSISTENT },
  }),
  why: `The cookie is written to the disk. The next one at a shared computer is signed in as the last one, and programs that steal cookies from disks find it there.`,
  fix: ['Let the cookie end with the browser, in each rule.'],
  console: {
    okta: [
      'Security > Global Session Policy > the policy > the rule > Edit: Okta global session cookies persist across browser sessions: Disable.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['AC-12', 'SC-23'], soc2: ['CC6.1'], stig: ['OKTA-APP-001710'] },
});
