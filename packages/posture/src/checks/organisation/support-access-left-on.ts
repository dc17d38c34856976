import { defineCheck } from '../../check/check.js';
import { days } from '../../check/parameter.js';
import { instant } from '../../sql/evidence.js';
import { orgSetting } from '../../sql/org-settings.js';

const GRANTED = `(s.value ->> 'granted')::boolean`;
const UNTIL = `(s.value ->> 'until')::timestamptz`;

export const supportAccessLeftOn = defineCheck({
  id: 'support-access-left-on',
  title: 'The provider’s own staff may sign in',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'high', when: 'isWithoutEnd', because: 'the access has no end' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['setting:support_access', 'setting:support_access.granted'],
  parameters: { days: days('Days that an open access may still last', 1, { min: 0 }) },
  ...orgSetting('support_access', {
    where: `${GRANTED} AND (${UNTIL} IS NULL OR ${UNTIL} > now() + make_interval(days => $days))`,
    seen: `'until', ${instant(UNTIL)}, 'isWithoutEnd', ${UNTIL} IS NULL`,
    compares: { 'setting:support_access.granted': GRANTED },
  }),
  why: `While it is open, somebody whom you do not know sees your organisation as an administrator does. In 2023 attackers came to customers of an identity provider by way of its support.`,
  fix: ['Ask who opened it, and for which case.', 'Close it, and open it for a day when it is needed next.'],
  console: { okta: ['Settings > Account > Give Access to Okta Support: Disabled.'] },
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'MA-4'], cis: ['15.7'], soc2: ['CC9.2'] },
});
