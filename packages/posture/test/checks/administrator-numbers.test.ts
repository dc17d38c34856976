import { newProgramsGetEveryRight } from '../../src/checks/administrators/new-programs-get-every-right.js';
import { thirdPartyAdministratorsAllowed } from '../../src/checks/administrators/third-party-administrators-allowed.js';
import { tooFewSuperAdministrators } from '../../src/checks/administrators/too-few-super-administrators.js';
import { tooManyAdministrators } from '../../src/checks/administrators/too-many-administrators.js';
import type { Organisation } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

scenes(tooFewSuperAdministrators, ({ names, passes, boundary, set }) => {
  names('one', (org) => org.superAdministrator('ana'), { organisation: 'medium' });
  names(
    'none who can sign in',
    (org) => org.superAdministrator('ana', { status: 'suspended' }).superAdministrator('bo', { status: 'locked' }),
    { organisation: 'high' },
  );
  names(
    'none at all, though others have roles',
    (org) => org.role('desk', ['reset_passwords']).account('ana').holds('desk', 'ana'),
    {
      organisation: 'high',
    },
  );
  passes('two, one of them by a group', (org) =>
    org.superAdministrator('ana').account('bo').group('staff').members('staff', 'bo').holds('super', 'staff', 'group'),
  );
  boundary(
    'two, of whom one never came',
    (org) => org.superAdministrator('ana').superAdministrator('bo', { status: 'provisioned' }),
    {
      organisation: 'medium',
    },
  );
  boundary(
    'two, of whom one needs a new password',
    (org) => org.superAdministrator('ana').superAdministrator('bo', { status: 'password_expired' }),
    {},
  );
  set('one is enough', { least: 1 }, (org) => org.superAdministrator('ana'), {});
  boundary('two, of whom one is gone', (org) => org.superAdministrator('ana').superAdministrator('bo').gone('account', 'bo'), {
    organisation: 'medium',
  });
});

scenes(tooManyAdministrators, ({ names, passes, boundary, set }) => {
  const desk =
    (many: number) =>
    (org: Organisation): Organisation => {
      org.role('desk', ['reset_passwords']);
      for (let n = 0; n < many; n += 1) org.account(`d${n}`).holds('desk', `d${n}`);
      return org;
    };
  names('twenty-six', desk(26), { organisation: 'medium' });
  names('more than twice as many', desk(51), { organisation: 'high' });
  passes('super administrators are counted elsewhere, and those who are switched off not at all', (org) => {
    desk(24)(org).account('off', { status: 'deprovisioned' }).holds('desk', 'off').account('plain');
    return org.superAdministrator('ana').superAdministrator('bo').superAdministrator('cy');
  });
  boundary('twenty-five', desk(25), {});
  boundary('fifty', desk(50), { organisation: 'medium' });
  set('one is allowed', { most: 1 }, desk(2), { organisation: 'medium' });
  boundary('one of twenty-six is gone', (org) => desk(26)(org).gone('role_assignment', 'desk|d0'), {});
});

scenes(newProgramsGetEveryRight, ({ names, passes, boundary, untold }) => {
  names('they do', (org) => org.setting('new_programs', { superAdministrator: true }), { organisation: 'high' });
  passes('they do not', (org) => org.setting('new_programs', { superAdministrator: false }));
  untold('nobody says', (org) => org.setting('new_programs', { superAdministrator: null }), [
    'setting:new_programs.superAdministrator',
  ]);
  boundary(
    'another setting has a word like it',
    (org) => org.setting('new_programs', { superAdministrator: false }).setting('sign_in_banner', { superAdministrator: true }),
    {},
  );
});

scenes(thirdPartyAdministratorsAllowed, ({ names, passes, boundary, untold }) => {
  names('they may', (org) => org.setting('third_party_administrators', { allowed: true }), { organisation: 'high' });
  passes('they may not', (org) => org.setting('third_party_administrators', { allowed: false }));
  untold('nobody says', (org) => org.setting('third_party_administrators', { allowed: null }), [
    'setting:third_party_administrators.allowed',
  ]);
  boundary(
    'another setting has a word like it',
    (org) => org.setting('third_party_administrators', { allowed: false }).setting('sign_in_banner', { allowed: true }),
    {},
  );
});
