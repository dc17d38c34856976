import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { isCalled, isOn } from '../../sql/sensitive-applications.js';

export const anotherOrganisationJoined = defineCheck({
  id: 'another-organisation-joined',
  title: 'Another organisation is joined to this one',
  area: 'applications',
  severity: 'medium',
  context: [
    { to: 'critical', when: 'isSentPasswords', because: 'it is sent the passwords of people' },
    { to: 'high', when: 'bringsAccounts', because: 'accounts or groups come in from there' },
  ],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'app_provisioning'],
  parameters: { names: texts('Words in the names of applications that join another organisation', ['org2org']) },
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'name', t.name, 'writesAccounts', coalesce(p.creates_accounts OR p.updates_accounts, false),
      'bringsAccounts', coalesce(p.imports_accounts, false), 'isSentPasswords', coalesce(p.password = 'own', false)) AS evidence
    FROM applications t LEFT JOIN app_provisionings p ON p.integration_id = $integration AND p.key = t.key AND p.removed_at IS NULL AND p.status = 'active'
    WHERE ${isOn('t')} AND ${isCalled('t', '$names')}`,
  why: `Whoever is an administrator there can become somebody here, or the other way round: accounts, groups and passwords cross the connection by themselves. An attacker takes the weaker of the two.`,
  fix: [
    'Find out who runs the other organisation, and by which rules.',
    'Let through only those groups that are needed, never one with a role.',
    'Write no passwords; and guard the administrators there as those here.',
    'If it was made for a move that is over, switch it off.',
  ],
  console: { okta: ['Applications > the Org2Org application > Provisioning, and Push Groups.'] },
  effort: 'days',
  frameworks: { nist: ['AC-20', 'AC-4'], cis: ['6.6'], soc2: ['CC6.6', 'CC9.2'] },
});
