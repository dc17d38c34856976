import { defineCheck } from '../../check/check.js';
import { orgSetting } from '../../sql/org-settings.js';

const GETS = `(s.value ->> 'superAdministrator')::boolean`;

export const newProgramsGetEveryRight = defineCheck({
  id: 'new-programs-get-every-right',
  title: 'Each new program gets the rights of a super administrator',
  area: 'administrators',
  severity: 'high',
  subject: 'organisation',
  population: 'organisation',
  needs: ['setting:new_programs', 'setting:new_programs.superAdministrator'],
  ...orgSetting('new_programs', {
    where: GETS,
    seen: `'superAdministrator', true`,
    compares: { 'setting:new_programs.superAdministrator': GETS },
  }),
  why: `Whoever may register a program makes a super administrator by it, without being one. The program's secret then opens everything, whatever the program was made for.`,
  fix: [
    'Switch it off: a new program then has no role until somebody gives it one.',
    'Look through the programs that were made before, and take the role from those that do not need it.',
  ],
  console: {
    okta: ['Settings > Account > Public client app admins: no role is given to new service apps by itself.'],
  },
  effort: 'minutes',
  frameworks: { nist: ['AC-6', 'CM-6'], cis: ['6.8'], soc2: ['CC6.3'] },
});
