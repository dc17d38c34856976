import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { hostOf, isInDomains, isUnencrypted } from '../../sql/addresses.js';
import { isOn } from '../../sql/sensitive-applications.js';

export const accountsWrittenToUnsafeAddress = defineCheck({
  id: 'accounts-written-to-unsafe-address',
  title: 'Accounts are written to an address that is not encrypted, or not known',
  area: 'applications',
  severity: 'high',
  context: [
    { to: 'critical', when: 'isWithPasswords', because: 'the passwords of people are written there too' },
    { to: 'medium', when: 'isOnlyForeign', because: 'it is encrypted, and only not one of the known domains' },
  ],
  subject: 'application',
  population: 'provisioned_applications',
  needs: ['application', 'app_provisioning', 'app_provisioning.endpoint'],
  parameters: { domains: texts('Domains that accounts may be written to; none: any', []) },
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'endpoint', left(p.endpoint, 500), 'isUnencrypted', p.is_unencrypted,
      'isForeign', p.is_foreign, 'isOnlyForeign', NOT p.is_unencrypted, 'isWithPasswords', p.password = 'own' AND p.is_unencrypted) AS evidence
    FROM (
      SELECT p.application, p.endpoint, p.password, ${isUnencrypted('p.endpoint')} AS is_unencrypted,
        cardinality($domains) > 0 AND h.host IS NOT NULL AND NOT ${isInDomains('h.host', '$domains')} AS is_foreign
      FROM app_provisionings p CROSS JOIN LATERAL (SELECT ${hostOf('p.endpoint')} AS host) h
      WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active' AND p.endpoint IS NOT NULL
    ) p JOIN applications t ON t.key = p.application COLLATE "C" AND ${isOn('t')}
    WHERE p.is_unencrypted OR p.is_foreign`,
  why: `Names, addresses and rights of everybody go there with each change, and the credential of the connection with them. Without encryption all that is on the way can read it; at an address that nobody knows it may be somebody else's from the first day.`,
  fix: [
    'Ask the owner of the application whether the address is right.',
    'Change it to one with https, on a host of the application.',
    'Renew the credential of the connection: it was on the way as well.',
  ],
  console: { okta: ['Applications > the application > Provisioning > Integration: the base URL.'] },
  effort: 'hours',
  frameworks: { nist: ['SC-8', 'AC-4'], cis: ['3.10'], soc2: ['CC6.7'] },
});
