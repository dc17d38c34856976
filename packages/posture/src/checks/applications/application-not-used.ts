import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';

export const applicationNotUsed = defineCheck({
  id: 'application-not-used',
  title: 'Application that nobody has opened for long',
  area: 'applications',
  severity: 'low',
  context: [{ to: 'medium', when: 'isSensitive', because: 'the application opens much' }],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'use:application'],
  observedDays: 'days',
  parameters: { days: days('Days without use', 60, { max: 400 }), sensitive: SENSITIVE },
  // Programs, and what is only a link, are opened by nobody that the log could name.
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'createdAt', ${instant('t.created_at')}, 'lastUsedOn',
        (SELECT max(u.day)::text FROM usage_days u WHERE u.integration_id = $integration AND u."use" = 'application' AND u.object = t.key),
      'isSensitive', ${isSensitive('t')}) AS evidence
    FROM applications t
    WHERE ${isOn('t')} AND coalesce(t.created_at, t.first_seen_at) < ${daysAgo('$days')}
      AND t.sign_on_method IS DISTINCT FROM 'none' AND t.sign_on_method IS DISTINCT FROM 'bookmark' AND t.oauth_client ->> 'type' IS DISTINCT FROM 'service'
      AND NOT EXISTS (SELECT 1 FROM usage_days u WHERE u.integration_id = $integration AND u."use" = 'application' AND u.object = t.key
        AND u.day >= (now() AT TIME ZONE 'UTC')::date - $days)`,
  why: `Nobody looks after it: its secrets grow old, its owner has left, and its data is still behind it. An attacker who opens it is the only one who does, and there is nobody to be surprised.`,
  fix: [
    'Ask its owner, and look whether a program uses it without a sign-in.',
    'Switch it off, and delete it when nobody has missed it for a month.',
    'End the contract, and have the data there deleted.',
  ],
  console: { okta: ['Applications > the application > Active > Deactivate.'] },
  action: 'deactivate_application',
  effort: 'hours',
  frameworks: { nist: ['CM-8', 'CM-7'], cis: ['4.8', '15.7'], soc2: ['CC6.2', 'CC9.2'] },
});
