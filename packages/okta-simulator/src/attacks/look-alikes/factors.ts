import { NEW_DEVICE, USUAL } from '../looks.js';
import { atHome, atOffice, IPHONE, mobileNetworkOf, OKTA_VERIFY } from '../places.js';
import { lookAlike } from '../scenario.js';

const ENROL = '/idp/idx/credential/enroll';

/** What people do with what they sign in with. */
export const everydayFactors = [
  lookAlike('new-phone', {
    title: 'Somebody has a new phone',
    story:
      'At the office and on their own laptop somebody takes the old phone off their account and enrols the new one two minutes later.',
    act: (stage) => {
      const user = stage.person('push');
      const session = stage.session(user);
      session.signsIn('push');
      stage.minutes(3);
      const old = stage.org.factorsOf(user.id).find((one) => one['factorType'] === 'push');
      if (old === undefined) return;
      session.does((org) => org.removeFactor(user.id, old.id), { uri: '/api/internal/enduser/authenticators' });
      stage.minutes(2);
      const phone = { displayName: 'iPhone', platform: 'IOS', model: 'iPhone17,1', registered: true };
      session.program({ agent: OKTA_VERIFY }).does((org) => org.enrolDevice(user.id, phone), { uri: '/idp/authenticators' });
      session.does((org) => org.enrolFactor(user.id, 'push', 'OKTA', { name: 'Phone' }), { uri: ENROL });
      stage.minutes(1);
      session.opens(stage.applications(1)[0] ?? user);
    },
  }),

  lookAlike('own-factors-renewed', {
    title: 'Somebody renews their own factors',
    story:
      'The company asks for security keys from this month on. Somebody signs in at the office as always, enrols a key, uses it, and takes the text messages off their own account. What is left is stronger than before.',
    act: (stage) => {
      const user = stage.person('sms');
      const session = stage.session(user);
      session.signsIn('sms');
      stage.minutes(4);
      session.does((org) => org.enrolFactor(user.id, 'webauthn', 'FIDO', { authenticatorName: 'Security key' }), {
        uri: ENROL,
      });
      stage.minutes(1);
      const weak = stage.org.factorsOf(user.id).find((one) => one['factorType'] === 'sms');
      if (weak !== undefined)
        session.does((org) => org.removeFactor(user.id, weak.id), { uri: '/api/internal/enduser/authenticators' });
      stage.minutes(30);
      stage.session(user).signsIn('webauthn');
    },
  }),

  lookAlike('push-declined-once', {
    title: 'Somebody declines a push by mistake',
    story:
      'The thumb was too fast: one push is refused, half a minute later the next is approved, on the same phone and for the same laptop at home.',
    act: (stage) => {
      const user = stage.person('push');
      const session = stage.session(user, atHome(user));
      session.provesPassword();
      stage.pass(3);
      session.sendsPush();
      stage.pass(7);
      session.answersPush('denied');
      stage.pass(25);
      session.sendsPush();
      stage.pass(6);
      session.answersPush('approved');
      session.evaluates(stage.dashboard);
      session.starts();
    },
  }),

  lookAlike('push-answered-late', {
    title: 'Somebody looks for the phone while two pushes pass',
    story: 'The phone lies in the kitchen. Two pushes run out of time, the third is approved, at home and for the own laptop.',
    act: (stage) => {
      const user = stage.person('push');
      const session = stage.session(user, atHome(user));
      session.provesPassword();
      for (let push = 0; push < 2; push += 1) {
        session.sendsPush();
        stage.pass(60);
        session.answersPush('timed out');
        stage.pass(10);
      }
      session.sendsPush();
      stage.pass(6);
      session.answersPush('approved');
      session.evaluates(stage.dashboard);
      session.starts();
    },
  }),

  lookAlike('pushes-all-day', {
    title: 'Somebody signs in twelve times on one day',
    story:
      'Their application asks for a factor each time. Five sign-ins lie within ten minutes, the others are spread over the day. Each push is approved within seconds.',
    act: (stage) => {
      const user = stage.person('push');
      for (let time = 0; time < 12; time += 1) {
        stage.session(user).signsIn('push');
        stage.minutes(time < 4 ? 2 : 45);
      }
    },
  }),

  lookAlike('pushes-missed-now-and-then', {
    title: 'Somebody misses a push now and then',
    story:
      'The phone is on silent. Over a working day five sign-ins on the own laptop need a second push, because the first one ran out of time; once the thumb was too fast, and it was refused.',
    act: (stage) => {
      const user = stage.person('push');
      for (let time = 0; time < 5; time += 1) {
        const session = stage.session(user);
        session.provesPassword();
        session.sendsPush();
        stage.pass(60);
        session.answersPush(time === 3 ? 'denied' : 'timed out');
        stage.pass(10);
        session.sendsPush();
        stage.pass(7);
        session.answersPush('approved');
        session.evaluates(stage.dashboard);
        session.starts();
        stage.minutes(80);
      }
    },
  }),

  lookAlike('push-outage', {
    title: 'Pushes do not arrive for some minutes',
    story:
      'The service that carries pushes to phones is out of order. Eight people of one office ask four times each and then wait; after half an hour each signs in with the first push.',
    act: (stage) => {
      const users = stage.colleagues(8, 'push');
      for (let push = 0; push < 4; push += 1) {
        for (const user of users) {
          const session = stage.session(user);
          if (push === 0) session.provesPassword();
          session.sendsPush();
          stage.pass(3);
          session.answersPush('timed out');
        }
        stage.minutes(1);
      }
      stage.minutes(30);
      for (const user of users) stage.session(user).signsIn('push');
    },
  }),

  lookAlike('help-desk-resets-one-password', {
    title: 'The help desk resets the password of one employee',
    story:
      'An ordinary employee stands at the desk and has forgotten the password. The desk resets it from the office, the employee sets a new one at their own laptop and signs in with the factor that they have always had.',
    act: (stage) => {
      const [desk, user] = [stage.administrator('HELP_DESK_ADMIN'), stage.person('push')];
      const session = stage.session(desk);
      session.signsIn();
      session.entersConsole();
      stage.minutes(10);
      session.does((org) => org.setStatus(user.id, 'RECOVERY'), { uri: `/api/v1/users/${user.id}/lifecycle/reset_password` });
      stage.minutes(4);
      const own = stage.session(user);
      own.does((org) => org.changePassword(user.id), { uri: '/idp/idx/challenge/answer' });
      own.signsIn('push');
    },
  }),

  lookAlike('help-desk-resets-factors', {
    title: 'The help desk resets the factors of somebody with a new phone',
    story:
      'The old phone is lost. The desk resets all factors from the office, and at their own laptop in the office the employee enrols the new phone and signs in with it.',
    act: (stage) => {
      const [desk, user] = [stage.administrator('HELP_DESK_ADMIN'), stage.person('push')];
      const session = stage.session(desk);
      session.signsIn();
      session.entersConsole();
      stage.minutes(6);
      session.does((org) => org.resetFactors(user.id), { uri: `/api/v1/users/${user.id}/lifecycle/reset_factors` });
      stage.minutes(12);
      const own = stage.session(user);
      own.provesPassword();
      own.does((org) => org.enrolFactor(user.id, 'push', 'OKTA', { name: 'Phone' }), { uri: ENROL });
      stage.minutes(1);
      own.signsIn('push');
    },
  }),

  lookAlike('password-expiry-wave', {
    title: 'Twenty passwords expire on one day',
    story:
      'They were set on one day and expire on one day. Each of twenty people sets a new one at the next sign-in at the office, over the morning.',
    act: (stage) => {
      const users = stage.people(20, 'push');
      for (const user of users) {
        const targets = [stage.org.userParty(user)];
        stage.org.under({ at: stage.now }, () => stage.org.silently(() => stage.org.setStatus(user.id, 'PASSWORD_EXPIRED')));
        stage.okta('user.account.expire_password', "User's Okta password is expired", { targets });
      }
      for (const user of users) {
        stage.minutes(8);
        const session = stage.session(user);
        session.does((org) => org.changePassword(user.id), { uri: '/idp/idx/challenge/answer' });
        session.signsIn('push');
      }
    },
  }),

  lookAlike('forgotten-after-holidays', {
    title: 'Somebody has forgotten their password over the holidays',
    story: 'Four wrong passwords within three minutes at the own desk, then the right one and the usual push.',
    act: (stage) => {
      const user = stage.person('push');
      const session = stage.session(user);
      for (let attempt = 0; attempt < 4; attempt += 1) {
        session.fails();
        stage.pass(40);
      }
      session.signsIn('push');
      session.opens(stage.applications(1)[0] ?? user);
    },
  }),

  lookAlike('first-sign-in-on-phone', {
    title: 'Somebody reads their mail on the phone for the first time',
    story:
      'Known person, new device: by the mobile network of the same town, with a push approved on that very phone, and the mail is opened.',
    act: (stage) => {
      const user = stage.person('push');
      const session = stage.session(user, { place: mobileNetworkOf(user), agent: IPHONE }, `first phone of ${user.id}`);
      session.signsIn('push', { ...NEW_DEVICE, odd: ['New Device', 'New IP'] });
      session.opens(stage.applications(1)[0] ?? user);
    },
  }),

  lookAlike('own-password-shown', {
    title: 'Somebody looks up their own password for an application',
    story: 'The password of a courier account has to be typed once by hand. Its owner has Okta show it, at the office.',
    act: (stage) => {
      const user = stage.person('signed_nonce');
      const session = stage.session(user, atOffice(user));
      session.signsIn('signed_nonce', USUAL);
      const app = stage.passwordApplication();
      session.writes('application.user_membership.show_password', "Show user's password for application", {
        uri: '/api/internal/enduser/apps/credentials',
        targets: [{ ...session.party, type: 'AppUser', id: stage.id('0ua') }, stage.org.appParty(app), session.party],
      });
    },
  }),
];
