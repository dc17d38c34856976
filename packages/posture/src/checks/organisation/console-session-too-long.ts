import { defineCheck } from '../../check/check.js';
import { minutes } from '../../check/parameter.js';
import { orgSetting } from '../../sql/org-settings.js';

const IDLE = `(s.value ->> 'idleMinutes')::numeric`;
const LIFETIME = `(s.value ->> 'lifetimeMinutes')::numeric`;

export const consoleSessionTooLong = defineCheck({
  id: 'console-session-too-long',
  title: 'Sessions of the administration console are too long',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'high', when: 'isUnlimited', because: 'there is no limit at all' }],
  subject: 'organisation',
  population: 'organisation',
  needs: [
    'setting:administration_console',
    'setting:administration_console.idleMinutes',
    'setting:administration_console.lifetimeMinutes',
  ],
  parameters: {
    idle: minutes('Minutes without use that are allowed', 15, { min: 1 }),
    lifetime: minutes('Minutes that a session may last', 720, { min: 1 }),
  },
  ...orgSetting('administration_console', {
    where: `${IDLE} > $idle OR ${IDLE} = 0 OR ${LIFETIME} > $lifetime OR ${LIFETIME} = 0`,
    seen: `'idleMinutes', ${IDLE}, 'allowedIdle', $idle, 'lifetimeMinutes', ${LIFETIME}, 'allowedLifetime', $lifetime,
      'isUnlimited', coalesce(${IDLE} = 0, false) OR coalesce(${LIFETIME} = 0, false)`,
    compares: {
      'setting:administration_console.idleMinutes': IDLE,
      'setting:administration_console.lifetimeMinutes': LIFETIME,
    },
  }),
  why: `The console is where a stolen cookie does the most harm, and a computer that was left for lunch is enough. The STIG wants 15 minutes without use; for its life as a whole 12 hours are usual.`,
  fix: ['Set both times for the console; they hold besides those of the session policy.'],
  console: {
    okta: [
      'Applications > Applications > Okta Admin Console > Sign On > Okta Admin Console session > Edit: Maximum app session idle time, Maximum app session lifetime.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['AC-11', 'AC-12'], cis: ['4.3'], soc2: ['CC6.1'], stig: ['OKTA-APP-000025'] },
});
