import { defineCheck } from '../../check/check.js';
import { orgSetting } from '../../sql/org-settings.js';

const ALLOWED = `(s.value ->> 'allowed')::boolean`;

export const thirdPartyAdministratorsAllowed = defineCheck({
  id: 'third-party-administrators-allowed',
  title: 'People of other companies may be administrators',
  area: 'administrators',
  severity: 'high',
  subject: 'organisation',
  population: 'organisation',
  needs: ['setting:third_party_administrators', 'setting:third_party_administrators.allowed'],
  ...orgSetting('third_party_administrators', {
    where: ALLOWED,
    seen: `'allowed', true`,
    compares: { 'setting:third_party_administrators.allowed': ALLOWED },
  }),
  why: `Somebody who leaves the other company is not known here to have left, and keeps the role. Attackers often come in through a supplier, and then they are administrators at once.`,
  fix: [
    'List who of other companies has a role now, and why.',
    'Give them accounts of this organisation, with its factors, for the time of the contract.',
    'Then switch it off.',
  ],
  console: { okta: ['Security > Administrators > Settings > Third-party admins: off.'] },
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'AC-20'], cis: ['15.7'], soc2: ['CC6.3', 'CC9.2'] },
});
