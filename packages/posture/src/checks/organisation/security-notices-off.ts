import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { asText } from '../../check/unsaid.js';

const NOTICES = ['newSignIn', 'authenticatorEnrolled', 'authenticatorReset', 'passwordChanged', 'reportSuspicious'] as const;

const among = (test: string): string =>
  `ARRAY(SELECT n FROM unnest($notices) n WHERE (s.value ->> n)::boolean ${test} ORDER BY n COLLATE "C")`;

const FROM = `FROM org_settings s WHERE s.integration_id = $integration AND s.key = 'end_user_notices' AND s.removed_at IS NULL`;

const ABOUT = `CASE n ${NOTICES.map((n) => `WHEN '${n}' THEN ${asText(`setting:end_user_notices.${n}`)}`).join(' ')} ELSE 'setting:end_user_notices' END`;

export const securityNoticesOff = defineCheck({
  id: 'security-notices-off',
  title: 'People are not told of what happens to their account',
  area: 'organisation',
  severity: 'low',
  context: [{ to: 'medium', when: 'cannotReport', because: 'people cannot report that it was not they' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['setting:end_user_notices', ...NOTICES.map((name) => `setting:end_user_notices.${name}` as const)],
  parameters: { notices: texts('Notices that are wanted', NOTICES) },
  sql: `SELECT 'organisation' AS key, jsonb_build_object('off', s.off, 'cannotReport', 'reportSuspicious' = ANY (s.off)) AS evidence
    FROM (SELECT ${among('IS FALSE')} AS off ${FROM}) s WHERE cardinality(s.off) > 0`,
  undecided: `SELECT 'organisation' AS key, u.about
    FROM (SELECT ${among('IS FALSE')} AS off, ${among('IS NULL')} AS unsaid ${FROM}) s CROSS JOIN LATERAL (
      SELECT ${ABOUT} AS about FROM unnest(s.unsaid) n) u
    WHERE cardinality(s.off) = 0`,
  why: `The owner of an account is the first who could know that a new authenticator or a new place is not theirs. Without a message they are not told, and without a button they tell nobody.`,
  fix: ['Switch on the messages, and the way to report.', 'Say who looks at the reports, and how soon.'],
  console: {
    okta: ['Security > General > Security notification emails: switch on each, and Report suspicious activity via email.'],
  },
  effort: 'minutes',
  frameworks: { nist: ['IR-6', 'SI-4'], soc2: ['CC7.3'] },
});
