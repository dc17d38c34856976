import { defineCheck } from '../../check/check.js';
import { isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';

export const applicationThatPeopleAddThemselves = defineCheck({
  id: 'application-that-people-add-themselves',
  title: 'Application that people may give to themselves',
  area: 'applications',
  severity: 'low',
  context: [{ to: 'high', when: 'isSensitive', because: 'the application opens much' }],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'application.selfService'],
  parameters: { sensitive: SENSITIVE },
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'isSensitive', ${isSensitive('t')}) AS evidence
    FROM applications t WHERE ${isOn('t')} AND t.self_service`,
  why: `Nobody agrees before somebody has it, and nobody takes it away afterwards. An account that was taken over adds it in a moment, and no request is left that one could look up.`,
  fix: [
    'Let the owner of the application agree to each request.',
    'Or assign it by a group, and take it out of what people can add.',
  ],
  console: { okta: ['Applications > Self Service, and Applications > the application > Self service: ask for approval.'] },
  effort: 'minutes',
  frameworks: { nist: ['AC-3', 'AC-2'], cis: ['6.1'], soc2: ['CC6.2', 'CC6.3'] },
});
