import { type Line, MINUTE, user } from './log-line.js';
import { ADMIN, factor, of, PROXY } from './sign-ins.js';
import { testStories } from './stories.js';

const PHONE = '198.51.100.4';
const ATTACKER = '203.0.113.7';

const failed = (n: number): Line => factor('ann', PHONE, n * MINUTE, 'FAILURE');
const left = (n: number): Line => factor('ann', PHONE, n * MINUTE, 'UNANSWERED');
/** As Identity Engine writes it: a failure, and why. */
const denied = (n: number): Line => factor('ann', PHONE, n * MINUTE, 'FAILURE', { pushOnlyResponseType: 'OV_RESPONSE_DENY' });
const classic = (n: number): Line => of('ann', 'user.mfa.okta_verify.deny_push', PHONE, n * MINUTE);
const approved = (n: number, more: Line = {}): Line => ({ ...factor('ann', PHONE, n * MINUTE, 'SUCCESS'), ...more });
const sent = (n: number, more: Line = {}): Line => of('ann', 'system.push.send_factor_verify_push', ATTACKER, n * MINUTE, more);
const sentByOkta = (n: number): Line => ({
  ...sent(n),
  actor: { id: 'sys', type: 'SystemPrincipal', alternateId: 'system@okta.com' },
  target: [user('ann')],
});
const every = (count: number, minutes: number, make: (n: number) => Line): readonly Line[] =>
  Array.from({ length: count }, (_, n) => make(n * minutes));
/** Somebody who answers at once. */
const signIn = (n: number): readonly Line[] => [sent(n), approved(n + 0.1)];
/** A push is sent, and something else is right. */
const passedBy = (n: number, by: string): readonly Line[] => [
  sent(n),
  factor('ann', PHONE, (n + 0.5) * MINUTE, 'SUCCESS', { factor: by }),
];
/** One each quarter of an hour. */
const six = (make: (n: number) => readonly Line[]): readonly Line[] => [0, 15, 30, 45, 60, 75].flatMap(make);
/** A whole working day of somebody who misses one push of two. */
const forgetful = [0, 45, 90, 180, 240, 300].flatMap((n) => [sent(n), failed(n + 1), sent(n + 2), approved(n + 2.1)]);

testStories('okta/patient-pushes.yml', {
  okta_pushes_fail_slow: {
    hits: {
      'one each twelve minutes, for an hour, is rejected': { events: every(6, 12, denied), level: 'medium' },
      'one each twelve minutes is left': { events: every(6, 12, left), level: 'medium' },
      'one each forty minutes, for four hours': { events: every(6, 40, failed), level: 'medium' },
      'in Classic Engine': { events: every(6, 12, classic), level: 'medium' },
      'twelve fail, and one sign-in of the person lies between': {
        events: [...every(12, 12, failed), ...signIn(5)],
        level: 'medium',
      },
      'of an administrator': { events: every(6, 12, denied), accounts: ADMIN('ann'), level: 'high' },
    },
    misses: {
      'five are rejected, each twelve minutes': { events: every(5, 12, denied) },
      'one an hour is left': { events: every(8, 60, left) },
      'three on one day, and the others are approved': {
        events: [failed(0), ...signIn(2), denied(90), ...signIn(92), failed(200)],
      },
      'every other push of a day is missed': { events: forgetful },
      'an outage, in which four fail, and another': {
        events: [...every(4, 2, failed), ...signIn(9), ...every(4, 2, (n) => failed(n + 120)), ...signIn(130)],
      },
    },
  },
  okta_pushes_unanswered_slow: {
    hits: {
      'one each twelve minutes, for an hour, and nothing is answered': { events: every(6, 12, sent), level: 'medium' },
      'that Okta itself has sent': { events: every(6, 12, sentByOkta), level: 'medium' },
      'after a sign-in of the person': { events: [...signIn(0), ...every(12, 12, (n) => sent(n + 5))], level: 'medium' },
      'through a proxy': { events: every(6, 12, (n) => sent(n, PROXY)), level: 'high' },
      'after the password, which is no other factor': {
        events: six((n) => passedBy(n, 'PASSWORD_AS_FACTOR')),
        level: 'medium',
      },
      'a code is wrong each time': {
        events: six((n) => [sent(n), factor('ann', PHONE, (n + 0.5) * MINUTE, 'FAILURE', { factor: 'TOKEN_SOFTWARE_TOTP' })]),
      },
      'somebody else signs in by codes': {
        events: six((n) => [sent(n), factor('bob', PHONE, (n + 0.5) * MINUTE, 'SUCCESS', { factor: 'TOKEN_SOFTWARE_TOTP' })]),
      },
    },
    misses: {
      'five, each twelve minutes': { events: every(5, 12, sent) },
      'a code is typed instead, each time': { events: six((n) => passedBy(n, 'TOKEN_SOFTWARE_TOTP')) },
      'another factor of the phone is used, each time': { events: six((n) => passedBy(n, 'SIGNED_NONCE')) },
      'one each half hour': { events: every(8, 30, sent) },
      'every other push of a day is missed': { events: forgetful },
      'an outage, in which four are not answered, and another': {
        events: [...every(4, 2, sent), ...signIn(9), ...every(4, 2, (n) => sent(n + 60)), ...signIn(70)],
      },
    },
  },
  okta_pushes_slow_then_approved: {
    hits: {
      'six are rejected over an hour, the seventh is approved': {
        events: [...every(6, 12, denied), approved(72)],
        level: 'medium',
      },
      'six go unanswered, the seventh is approved': { events: [...every(6, 12, sent), ...signIn(72)], level: 'medium' },
      'through a proxy': { events: [...every(6, 12, denied), approved(72, PROXY)], level: 'high' },
      'of an administrator': { events: [...every(6, 12, denied), approved(72)], accounts: ADMIN('ann'), level: 'critical' },
    },
    misses: {
      'none is approved': { events: every(9, 12, denied) },
      'one is approved two hours later': { events: [...every(6, 12, denied), approved(190)] },
      'every other push of a day is missed': { events: forgetful },
    },
  },
});
