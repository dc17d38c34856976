import { defineCheck } from '../../check/check.js';
import { orgSetting } from '../../sql/org-settings.js';

// A word that is none of these says nothing.
const ACTION = `CASE WHEN s.value ->> 'action' IN ('none', 'audit', 'block') THEN s.value ->> 'action' END`;

export const badAddressesLetIn = defineCheck({
  id: 'bad-addresses-let-in',
  title: 'Sign-ins from addresses of ill repute are let in',
  area: 'organisation',
  severity: 'high',
  context: [{ to: 'medium', when: 'isLogged', because: 'they are written to the log at least' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['setting:threat_insight', 'setting:threat_insight.action'],
  ...orgSetting('threat_insight', {
    where: `${ACTION} IN ('none', 'audit')`,
    seen: `'action', ${ACTION}, 'isLogged', ${ACTION} = 'audit'`,
    compares: { 'setting:threat_insight.action': ACTION },
  }),
  why: `The provider sees attacks on all of its customers, and knows addresses from which passwords are tried by the thousand. While it only looks on, each of those tries reaches a password.`,
  fix: ['Set it to log and block.', 'Except networks of your own only where a report shows that they are taken for bad ones.'],
  console: { okta: ['Security > General > Okta ThreatInsight settings: Log and enforce security based on threat level.'] },
  effort: 'minutes',
  frameworks: { nist: ['SI-4'], soc2: ['CC6.6', 'CC7.2'] },
});
