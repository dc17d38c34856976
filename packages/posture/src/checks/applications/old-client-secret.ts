import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { daysAgo, instant } from '../../sql/evidence.js';
import { isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';

export const oldClientSecret = defineCheck({
  id: 'old-client-secret',
  title: 'Secret of an application that was not changed for long',
  area: 'applications',
  severity: 'medium',
  context: [
    { to: 'high', when: 'isOfAdministrator', because: 'the application has a role of administration' },
    { to: 'high', when: 'isSensitive', because: 'the application opens much' },
  ],
  subject: 'client_secret',
  population: 'client_secrets',
  needs: ['client_secret', 'client_secret.createdAt', 'application', 'role_assignment'],
  parameters: { days: days('Days that a secret may be kept', 180), sensitive: SENSITIVE },
  // A role is given to a client by the key of the application, or by the name by which it asks for tokens.
  sql: `SELECT c.key, jsonb_build_object('application', t.label, 'createdAt', ${instant('c.created_at')}, 'isSensitive', ${isSensitive('t')},
      'isOfAdministrator', EXISTS (SELECT 1 FROM role_assignments s WHERE s.integration_id = $integration AND s.removed_at IS NULL
        AND s.principal_kind = 'client' AND s.principal IN (t.key COLLATE "default", t.client_id))) AS evidence
    FROM client_secrets c JOIN applications t ON t.key = c.application COLLATE "C" AND ${isOn('t')}
    WHERE c.integration_id = $integration AND c.removed_at IS NULL AND c.status = 'active'
      AND c.created_at < ${daysAgo('$days')}`,
  why: `A secret is copied each time that somebody sets something up: into files, chats, old machines. The longer it lives, the more copies there are, and each of them works until it is changed, also in the hands of those who have left.`,
  fix: [
    'Make a second secret, and give it to the program.',
    'Watch the log until nothing uses the old one.',
    'Switch the old one off; better still, let the program use a key pair instead.',
  ],
  console: {
    okta: [
      'Applications > the application > General > Client Credentials > Client Secrets: Generate new secret, then Deactivate the old one.',
    ],
  },
  action: 'deactivate_secret',
  effort: 'hours',
  frameworks: { nist: ['IA-5'], cis: ['5.2', '5.5'], soc2: ['CC6.1', 'CC6.2'] },
});
