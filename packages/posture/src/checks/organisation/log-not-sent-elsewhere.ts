import { defineCheck } from '../../check/check.js';

export const logNotSentElsewhere = defineCheck({
  id: 'log-not-sent-elsewhere',
  title: 'The log is not sent to another system',
  area: 'organisation',
  severity: 'low',
  context: [{ to: 'medium', when: 'isSwitchedOff', because: 'it was set up, and is switched off' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['log_stream'],
  sql: `SELECT 'organisation' AS key, jsonb_build_object('isSwitchedOff', count(*) > 0, 'count', count(*),
      'switchedOff', coalesce((array_agg(s.name ORDER BY s.name COLLATE "C"))[1:20], '{}')) AS evidence
    FROM log_streams s WHERE s.integration_id = $integration AND s.removed_at IS NULL
    HAVING count(*) FILTER (WHERE s.status = 'active') = 0`,
  why: `The provider keeps its log for some weeks only, and an attacker with its rights may change what it shows. What was sent away while it was written is still there, beside the logs of everything else.`,
  fix: [
    'Choose where logs are gathered, and how long they are kept.',
    'Set up the stream, and see that events arrive.',
    'If that system fetches the log by itself, write down which, and ignore this finding with that reason.',
  ],
  console: { okta: ['Reports > Log Streaming > Add Log Stream.'] },
  effort: 'hours',
  frameworks: { nist: ['AU-4(1)'], cis: ['8.9', '8.10'], soc2: ['CC7.2'], stig: ['OKTA-APP-001430'] },
});
