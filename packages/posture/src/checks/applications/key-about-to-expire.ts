import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { instant } from '../../sql/evidence.js';
import { isOn } from '../../sql/sensitive-applications.js';

export const keyAboutToExpire = defineCheck({
  id: 'key-about-to-expire',
  title: 'Certificate or key of an application that expires soon',
  area: 'applications',
  severity: 'medium',
  context: [{ to: 'high', when: 'hasExpired', because: 'it has expired' }],
  subject: 'app_credential',
  population: 'app_credentials',
  needs: ['app_credential', 'app_credential.expiresAt', 'application'],
  parameters: { days: days('Days before it expires', 30) },
  sql: `SELECT c.key, jsonb_build_object('application', t.label, 'type', c.type, 'createdAt', ${instant('c.created_at')},
      'expiresAt', ${instant('c.expires_at')}, 'hasExpired', c.expires_at <= now()) AS evidence
    FROM app_credentials c JOIN applications t ON t.key = c.application COLLATE "C" AND ${isOn('t')}
    WHERE c.integration_id = $integration AND c.removed_at IS NULL AND c.status = 'active' AND c.expires_at < now() + make_interval(days => $days)`,
  why: `On that day nobody can sign in to the application any more, or its program stops. Then somebody repairs it in a hurry, and what is done in a hurry, such as switching off the check of the signature, often stays.`,
  fix: [
    'Make a new certificate or key beside the old one.',
    'Give it to the owner of the application, and let them change it at a time that was agreed.',
    'When it works, switch the old one off.',
  ],
  console: { okta: ['Applications > the application > Sign On > SAML Signing Certificates > Generate new certificate.'] },
  effort: 'hours',
  frameworks: { nist: ['SC-12', 'SC-17'], soc2: ['CC6.1'] },
});
