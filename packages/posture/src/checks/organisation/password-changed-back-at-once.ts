import { defineCheck } from '../../check/check.js';
import { minutes } from '../../check/parameter.js';
import { asked, passwordPolicies } from '../../sql/password-policies.js';

export const passwordChangedBackAtOnce = defineCheck({
  id: 'password-changed-back-at-once',
  title: 'A new password can be changed again at once',
  area: 'organisation',
  severity: 'informational',
  context: [{ to: 'low', when: 'hasHistory', because: 'earlier passwords are refused, and this is the way around it' }],
  subject: 'policy',
  population: 'password_policies',
  needs: ['policy', 'policy.password', 'policy.password.minAgeMinutes'],
  parameters: { minutes: minutes('Minutes that a password must be kept', 1_440, { min: 1 }) },
  ...passwordPolicies({
    where: `${asked('minAgeMinutes')} < $minutes`,
    seen: `'minAgeMinutes', ${asked('minAgeMinutes')}, 'wanted', $minutes, 'history', ${asked('history')},
      'hasHistory', coalesce(${asked('history')} > 0, false)`,
    compares: ['minAgeMinutes'],
  }),
  why: `Who must change a password changes it a few times in a row until the old one is allowed again. Then nothing was changed, though everything says so. The STIG wants 24 hours; teams whose passwords do not expire set nothing.`,
  fix: ['Set how long a password must be kept, a day for instance.'],
  console: { okta: ['Security > Authenticators > Password > Actions > Edit > the policy > Edit: Minimum password age.'] },
  effort: 'minutes',
  frameworks: { nist: ['IA-5(1)'], soc2: ['CC6.1'], stig: ['OKTA-APP-000740'] },
});
