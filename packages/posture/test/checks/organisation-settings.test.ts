import { securityNoticesOff } from '../../src/checks/organisation/security-notices-off.js';
import { signInBannerMissing } from '../../src/checks/organisation/sign-in-banner-missing.js';
import { supportAccessLeftOn } from '../../src/checks/organisation/support-access-left-on.js';
import { daysAgo } from '../fixtures/organisation.js';
import { type Build, evidenceOf, look, scenes, written } from '../fixtures/scenes.js';

scenes(signInBannerMissing, ({ names, passes, boundary, untold }) => {
  names('none', (org) => org.setting('sign_in_banner', { shown: false }), { organisation: 'informational' });
  passes('shown', (org) => org.setting('sign_in_banner', { shown: true }).setting('end_user_notices', { shown: false }));
  boundary(
    'another setting has a word like it',
    (org) => org.setting('sign_in_banner', { shown: true }).setting('new_programs', { shown: false }),
    {},
  );
  untold('nobody says', (org) => org.setting('sign_in_banner', { shown: null }), ['setting:sign_in_banner.shown']);
});

scenes(supportAccessLeftOn, ({ names, passes, boundary, set, untold }) => {
  const open = (until: string | null, granted: boolean | null = true): Build => {
    return (org) => org.setting('support_access', { granted, until });
  };
  names('for five days more', open(daysAgo(-5)), { organisation: 'medium' });
  names('without an end', open(null), { organisation: 'high' });
  passes('closed', (org) => open(daysAgo(-5), false)(org).setting('end_user_notices', { granted: true }));
  untold('nobody says', open(null, null), ['setting:support_access.granted']);
  untold('nobody says whether, only until when', open(daysAgo(-5), null), ['setting:support_access.granted']);
  passes('it has ended', open(daysAgo(1)));
  boundary('a day', open(daysAgo(-1)), {});
  boundary('a day and a minute', open(daysAgo(-1, -60_000)), { organisation: 'medium' });
  set('not at all', { days: 0 }, open(daysAgo(0, -60_000)), { organisation: 'medium' });
  set('a week', { days: 7 }, open(daysAgo(-5)), {});
});

const NOTICES = {
  newSignIn: true,
  authenticatorEnrolled: true,
  authenticatorReset: true,
  passwordChanged: true,
  reportSuspicious: true,
};

scenes(securityNoticesOff, ({ names, passes, boundary, set, untold }) => {
  const notices = (said: Readonly<Record<string, boolean | null>>): Build => {
    return (org) => org.setting('end_user_notices', { ...NOTICES, ...said });
  };
  for (const name of Object.keys(NOTICES).filter((one) => one !== 'reportSuspicious'))
    names(`${name} is off`, notices({ [name]: false }), { organisation: 'low' });
  names('nothing can be reported', notices({ reportSuspicious: false, newSignIn: false }), { organisation: 'medium' });
  passes('all are on', (org) => notices({})(org).setting('sign_in_banner', { newSignIn: false }));
  boundary('of one that nobody says another is off', notices({ newSignIn: null, passwordChanged: false }), {
    organisation: 'low',
  });
  untold('nobody says of one', notices({ newSignIn: null }), ['setting:end_user_notices.newSignIn']);
  set('it is not wanted', { notices: ['newSignIn'] }, notices({ passwordChanged: false }), {});
  set('it is wanted', { notices: ['newSignIn'] }, notices({ newSignIn: false, passwordChanged: false }), {
    organisation: 'low',
  });
  test('says which are off', async () => {
    const org = await written(notices({ passwordChanged: false, newSignIn: false }));
    await look(securityNoticesOff, org);
    expect(await evidenceOf(org, securityNoticesOff, 'organisation')).toEqual({
      off: ['newSignIn', 'passwordChanged'],
      cannotReport: false,
    });
  });
});
