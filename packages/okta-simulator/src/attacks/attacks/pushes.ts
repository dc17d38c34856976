import { STRANGER } from '../looks.js';
import { hostingPlace, windowsChrome } from '../places.js';
import { attack } from '../scenario.js';
import type { Session } from '../session.js';
import type { Stage } from '../stage.js';

/** Somebody who has the password asks for the second factor, from a place where the person is not. */
function asking(stage: Stage): Session {
  const victim = stage.person('push');
  const session = stage.session(
    victim,
    { place: hostingPlace(stage.random), agent: windowsChrome() },
    `asking for ${victim.id}`,
  );
  session.provesPassword(STRANGER);
  return session;
}

/** Pushes that wear people down. */
export const pushes = [
  attack('push-bombing-refused', {
    title: 'Pushes rain on a phone and are refused',
    story:
      'At night eleven pushes arrive within six minutes on the phone of somebody who signs in nowhere. Each is refused, and then it stops.',
    act: (stage) => {
      const session = asking(stage);
      for (let push = 0; push < 11; push += 1) {
        session.sendsPush(STRANGER);
        stage.pass(14);
        session.answersPush('denied');
        stage.pass(18);
      }
    },
  }),

  attack('push-bombing-accepted', {
    title: 'Pushes rain on a phone until one is approved',
    story:
      'Nine pushes are refused within eight minutes, the tenth is approved on the phone at home. The session begins a continent away and sets up an authenticator of its own.',
    act: (stage) => {
      const session = asking(stage);
      for (let push = 0; push < 9; push += 1) {
        session.sendsPush(STRANGER);
        stage.pass(20);
        session.answersPush('denied');
        stage.pass(30);
      }
      session.sendsPush(STRANGER);
      stage.pass(22);
      session.answersPush('approved');
      session.evaluates(stage.dashboard, STRANGER);
      session.starts(STRANGER);
      stage.minutes(2);
      session.does((org) => org.enrolFactor(session.user.id, 'token:software:totp'), { uri: '/idp/idx/credential/enroll' });
      for (const app of stage.applications(3)) session.opens(app, STRANGER);
    },
  }),

  attack('push-bombing-unanswered', {
    title: 'Pushes rain on a phone, nobody answers, and then one is approved',
    story:
      'Late in the evening a phone rings twelve times within eight minutes. Its owner does not look at it, and the log says no more than that the pushes were sent. The thirteenth is approved, so that there is peace.',
    act: (stage) => {
      const session = asking(stage);
      for (let push = 0; push < 12; push += 1) {
        session.sendsPush(STRANGER);
        stage.pass(38);
      }
      session.sendsPush(STRANGER);
      stage.pass(15);
      session.answersPush('approved');
      session.evaluates(stage.dashboard, STRANGER);
      session.starts(STRANGER);
      for (const app of stage.applications(2)) session.opens(app, STRANGER);
    },
  }),

  attack('push-bombing-timed-out', {
    title: 'Six pushes run out of time, and the seventh is approved',
    story:
      'Six pushes run out of time on the phone of somebody who sits in a meeting. Okta writes a failure for each and not why. The seventh is approved.',
    act: (stage) => {
      const session = asking(stage);
      for (let push = 0; push < 6; push += 1) {
        session.sendsPush(STRANGER);
        stage.pass(60);
        session.answersPush('timed out');
        stage.pass(8);
      }
      session.sendsPush(STRANGER);
      stage.pass(20);
      session.answersPush('approved');
      session.evaluates(stage.dashboard, STRANGER);
      session.starts(STRANGER);
    },
  }),

  attack('push-bombing-patient', {
    title: 'A push each twelve minutes, until one is approved',
    story:
      'All evening a push arrives every twelve minutes on the phone of somebody who signs in nowhere. Some are refused, some run out of time. After nearly two hours the tenth is approved, and the session begins a continent away.',
    act: (stage) => {
      const session = asking(stage);
      for (let push = 0; push < 9; push += 1) {
        session.sendsPush(STRANGER);
        stage.pass(30);
        session.answersPush(push % 2 === 0 ? 'denied' : 'timed out');
        stage.minutes(11.5);
      }
      session.sendsPush(STRANGER);
      stage.pass(20);
      session.answersPush('approved');
      session.evaluates(stage.dashboard, STRANGER);
      session.starts(STRANGER);
      for (const app of stage.applications(2)) session.opens(app, STRANGER);
    },
  }),

  attack('number-challenge-guessed', {
    title: 'Somebody guesses the number of a push, and then codes',
    story:
      'Seven times the phone is shown three numbers and the wrong one is chosen. Then six-digit codes are tried, fifteen in three minutes. Okta itself calls it brute force against the second factor.',
    act: (stage) => {
      const session = asking(stage);
      for (let push = 0; push < 7; push += 1) {
        session.sendsPush(STRANGER);
        stage.pass(15);
        session.answersPush('wrong number');
        stage.pass(20);
      }
      for (let code = 0; code < 15; code += 1) {
        session.writes('user.authentication.auth_via_mfa', 'Authentication of user via MFA', {
          uri: '/idp/idx/challenge/answer',
          targets: [session.party],
          result: 'FAILURE',
          reason: 'INVALID_CREDENTIALS',
          debugData: { factor: 'SOFT_TOKEN', factorIntent: 'LOGIN' },
        });
        stage.pass(11);
      }
      stage.okta('user.risk.detect', 'User risk detected', {
        targets: [session.party],
        severity: 'WARN',
        debugData: {
          risk: '{previousLevel=LOW, level=HIGH, reasons=MFA brute force, issuer=OKTA}',
        },
      });
    },
  }),
];
