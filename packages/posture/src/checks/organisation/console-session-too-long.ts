import { defineCheck } from '../../check/check.js';
import { minutes } from '../../check/parameter.js';

export const consoleSessionTooLong = defineCheck({
  id: 'console-session-too-long',
  title: 'Sessions of the administration console are too long',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'high', when: 'isUnlimited', because: 'there is no limit at all' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['setting:administration_console'],
  parameters: {
    idle: minutes('Minutes without use that are allowed', 15, { min: 1 }),
    lifetime: minutes('Minutes that a session may last', 720, { min: 1 }),
  },
  sql: `SELECT 'organisation' AS key, jsonb_build_object('idleMinutes', s.idle, 'allowedIdle', $idle, 'lifetimeMinutes', s.lifetime,
      'allowedLifetime', $lifetime, 'isUnlimited', coalesce(s.idle = 0, false) OR coalesce(s.lifetime = 0, false)) AS evidence
    FROM (
      SELECT (o.value ->> 'idleMinutes')::numeric AS idle, (o.value ->> 'lifetimeMinutes')::numeric AS lifetime FROM org_settings o
      WHERE o.integration_id = $integration AND o.key = 'administration_console' AND o.removed_at IS NULL
    ) s
    WHERE s.idle > $idle OR s.idle = 0 OR s.lifetime > $lifetime OR s.lifetime = 0`,
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
