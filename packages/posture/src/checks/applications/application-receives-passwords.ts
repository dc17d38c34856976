import { defineCheck } from '../../check/check.js';
import { isUnencrypted } from '../../sql/addresses.js';

export const applicationReceivesPasswords = defineCheck({
  id: 'application-receives-passwords',
  title: 'Application that is sent the passwords of people',
  area: 'applications',
  severity: 'high',
  context: [{ to: 'critical', when: 'isUnencrypted', because: 'they are sent without encryption' }],
  subject: 'application',
  population: 'provisioned_applications',
  needs: ['application', 'app_provisioning'],
  sql: `SELECT p.application AS key, jsonb_build_object('label', t.label, 'endpoint', left(p.endpoint, 500),
      'isUnencrypted', ${isUnencrypted('p.endpoint')}) AS evidence
    FROM app_provisionings p JOIN applications t ON t.integration_id = $integration AND t.key = p.application COLLATE "C"
      AND t.removed_at IS NULL AND t.status = 'active'
    WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active' AND p.password = 'own'`,
  why: `The password that opens everything is written into another system each time it changes. Whoever runs that system, or breaks into it, reads it there; whoever may change the address of the connection has it sent to himself.`,
  fix: [
    'Stop the writing of passwords; let people sign in through the provider instead.',
    'If the application cannot do without one, write a random password.',
    'Have the passwords changed that were sent.',
  ],
  console: {
    okta: [
      'Applications > the application > Provisioning > To App > Sync Password: off, or Sync a randomly generated password.',
    ],
  },
  action: 'stop_password_push',
  effort: 'hours',
  frameworks: { nist: ['IA-5'], cis: ['5.2'], soc2: ['CC6.1', 'CC6.7'] },
});
