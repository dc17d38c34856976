import type { PasswordRequirements } from '@castellan/connector-sdk';
import { commonPasswordAccepted } from '../../src/checks/organisation/common-password-accepted.js';
import { passwordChangedBackAtOnce } from '../../src/checks/organisation/password-changed-back-at-once.js';
import { passwordKeptTooLong } from '../../src/checks/organisation/password-kept-too-long.js';
import { passwordsTriedWithoutLock } from '../../src/checks/organisation/passwords-tried-without-lock.js';
import { passwordTooShort } from '../../src/checks/organisation/password-too-short.js';
import { passwordTooSimple } from '../../src/checks/organisation/password-too-simple.js';
import { passwordUsedAgain } from '../../src/checks/organisation/password-used-again.js';
import { type Build, evidenceOf, look, scenes, written } from '../fixtures/scenes.js';
import { password } from '../fixtures/settings.js';

/** A policy that asks for this. */
const asks =
  (said: Partial<PasswordRequirements>): Build =>
  (org) =>
    org.policy('p', { password: password(said) });

/** The same where it does not matter: switched off, and one that decides something else. */
const nowhere =
  (said: Partial<PasswordRequirements>): Build =>
  (org) =>
    org
      .policy('careful', { password: password() })
      .policy('off', { status: 'inactive', password: password(said) })
      .policy('gone', { password: password(said) })
      .gone('policy', 'gone')
      .policy('other');

scenes(passwordTooShort, ({ names, passes, boundary, set, untold }) => {
  names('short, very short', (org) => asks({ minLength: 12 })(org).policy('q', { password: password({ minLength: 6 }) }), {
    p: 'medium',
    q: 'high',
  });
  passes('where it does not matter', nowhere({ minLength: 4 }));
  untold('nobody says', asks({ minLength: null }), ['policy.password.minLength']);
  untold(
    'of one that is off it is said, of one of two that are on it is not',
    (org) =>
      nowhere({ minLength: 20 })(org)
        .policy('p', { password: password({ minLength: null }) })
        .policy('q', { password: password({ minLength: 14 }) }),
    ['policy.password.minLength'],
    { q: 'medium' },
  );
  boundary('15', asks({ minLength: 15 }), {});
  boundary('14', asks({ minLength: 14 }), { p: 'medium' });
  boundary('8', asks({ minLength: 8 }), { p: 'medium' });
  boundary('7', asks({ minLength: 7 }), { p: 'high' });
  set('12 are enough', { length: 12 }, asks({ minLength: 12 }), {});
});

scenes(passwordTooSimple, ({ names, passes, boundary, set, untold }) => {
  names(
    'each kind by itself, and in a short one',
    (org) =>
      org
        .policy('a', { password: password({ minUpperCase: 0 }) })
        .policy('b', { password: password({ minLowerCase: 0 }) })
        .policy('c', { password: password({ minNumber: 0 }) })
        .policy('d', { password: password({ minSymbol: 0 }) })
        .policy('e', { password: password({ minSymbol: 0, minLength: 11 }) }),
    { a: 'low', b: 'low', c: 'low', d: 'low', e: 'medium' },
  );
  passes('where it does not matter', nowhere({ minNumber: 0 }));
  untold('nobody says', asks({ minNumber: null, minSymbol: null }), ['policy.password.minNumber']);
  boundary(
    'three kinds are enough, and of one nobody says',
    (org) => org.policy('p', { password: password({ minSymbol: 0, minNumber: null }) }),
    { p: 'low' },
  );
  boundary('twelve characters are not short', asks({ minSymbol: 0, minLength: 12 }), { p: 'low' });
  boundary('more of a kind than one', asks({ minNumber: 3 }), {});
  set('three kinds, one missing', { kinds: 3 }, asks({ minSymbol: 0 }), {});
  set('three kinds, two missing', { kinds: 3 }, asks({ minSymbol: 0, minNumber: 0 }), { p: 'low' });
  test('says which are missing', async () => {
    const org = await written(asks({ minSymbol: 0, minUpperCase: 0 }));
    await look(passwordTooSimple, org);
    expect(await evidenceOf(org, passwordTooSimple, 'p')).toMatchObject({
      missing: ['minUpperCase', 'minSymbol'],
      minLength: 15,
    });
  });
});

scenes(commonPasswordAccepted, ({ names, passes, boundary, untold }) => {
  names(
    'accepted, and tried without end',
    (org) => asks({ commonRefused: false })(org).policy('q', { password: password({ commonRefused: false, maxAttempts: 0 }) }),
    { p: 'medium', q: 'high' },
  );
  passes('where it does not matter', nowhere({ commonRefused: false }));
  boundary('refused', asks({ commonRefused: true }), {});
  untold('nobody says', asks({ commonRefused: null }), ['policy.password.commonRefused']);
});

scenes(passwordChangedBackAtOnce, ({ names, passes, boundary, set, untold }) => {
  names(
    'at once, with a history and without',
    (org) => asks({ minAgeMinutes: 0 })(org).policy('q', { password: password({ minAgeMinutes: 0, history: 0 }) }),
    { p: 'low', q: 'informational' },
  );
  passes('where it does not matter', nowhere({ minAgeMinutes: 0 }));
  untold('nobody says', asks({ minAgeMinutes: null }), ['policy.password.minAgeMinutes']);
  boundary('a day', asks({ minAgeMinutes: 1_440 }), {});
  boundary('a minute less', asks({ minAgeMinutes: 1_439 }), { p: 'low' });
  set('an hour is enough', { minutes: 60 }, asks({ minAgeMinutes: 60 }), {});
});

scenes(passwordKeptTooLong, ({ names, passes, boundary, set, untold }) => {
  names(
    'for ever, for a year',
    (org) => asks({ maxAgeDays: 0 })(org).policy('q', { password: password({ maxAgeDays: 365 }) }),
    {
      p: 'low',
      q: 'low',
    },
  );
  passes('where it does not matter', nowhere({ maxAgeDays: 0 }));
  untold('nobody says', asks({ maxAgeDays: null }), ['policy.password.maxAgeDays']);
  boundary('60 days', asks({ maxAgeDays: 60 }), {});
  boundary('61 days', asks({ maxAgeDays: 61 }), { p: 'low' });
  set('a year is allowed', { days: 365 }, asks({ maxAgeDays: 365 }), {});
});

scenes(passwordUsedAgain, ({ names, passes, boundary, set, untold }) => {
  names('at once', asks({ history: 0 }), { p: 'low' });
  passes('where it does not matter', nowhere({ history: 0 }));
  untold('nobody says', asks({ history: null }), ['policy.password.history']);
  boundary('five', asks({ history: 5 }), {});
  boundary('four', asks({ history: 4 }), { p: 'low' });
  set('24 are wanted', { history: 24 }, asks({ history: 23 }), { p: 'low' });
});

scenes(passwordsTriedWithoutLock, ({ names, passes, boundary, set, untold }) => {
  names('often, without end', (org) => asks({ maxAttempts: 10 })(org).policy('q', { password: password({ maxAttempts: 0 }) }), {
    p: 'low',
    q: 'high',
  });
  passes('where it does not matter', nowhere({ maxAttempts: 0 }));
  untold('nobody says', asks({ maxAttempts: null }), ['policy.password.maxAttempts']);
  boundary('three', asks({ maxAttempts: 3 }), {});
  boundary('four', asks({ maxAttempts: 4 }), { p: 'low' });
  set('ten are allowed', { attempts: 10 }, asks({ maxAttempts: 10 }), {});
});
