import { type Line, MINUTE, user } from './log-line.js';
import { ADMIN, factor, of, PROXY } from './sign-ins.js';
import { testStories } from './stories.js';

const PHONE = '198.51.100.4';
const ATTACKER = '203.0.113.7';

const failed = (n: number, name = 'ann'): Line => factor(name, PHONE, n * MINUTE, 'FAILURE');
const left = (n: number): Line => factor('ann', PHONE, n * MINUTE, 'UNANSWERED');
const denied = (n: number): Line => of('ann', 'user.mfa.okta_verify.deny_push', PHONE, n * MINUTE);
const approved = (n: number): Line => factor('ann', PHONE, n * MINUTE, 'SUCCESS');
const sent = (n: number, more: Line = {}): Line => of('ann', 'system.push.send_factor_verify_push', ATTACKER, n * MINUTE, more);
/** In some logs it is Okta that acts, and the person is the target. */
const sentByOkta = (n: number, name = 'ann'): Line => ({
  ...sent(n),
  actor: { id: 'sys', type: 'SystemPrincipal', alternateId: 'system@okta.com' },
  target: [user(name)],
});
const notSent = (n: number): Line => sent(n, { outcome: { result: 'FAILURE', reason: 'PUSH_NOT_SENT' } });
const code = (n: number, result: string): Line => factor('ann', PHONE, n * MINUTE, result, { factor: 'SOFT_TOKEN' });
const every = (count: number, minutes: number, make: (n: number) => Line): readonly Line[] =>
  Array.from({ length: count }, (_, n) => make(n * minutes));
/** Somebody who answers at once. */
const signIn = (n: number): readonly Line[] => [sent(n), approved(n + 0.1)];

testStories('okta/unanswered-pushes.yml', {
  okta_pushes_fail: {
    hits: {
      'five within eight minutes': { events: every(5, 2, failed), level: 'medium' },
      'five that were left': { events: every(5, 2, left), level: 'medium' },
      'two are rejected in Classic Engine, two fail, one is left': {
        events: [denied(0), denied(1), failed(2), failed(3), left(4)],
      },
      'of an administrator': { events: every(5, 2, failed), accounts: ADMIN('ann'), level: 'high' },
    },
    misses: {
      'an outage, in which four fail': { events: [...every(4, 2, failed), ...signIn(9)] },
      'five within an hour': { events: every(5, 12, failed) },
      'codes are wrong': { events: every(9, 1, (n) => code(n, 'FAILURE')) },
      'five people, one each': { events: ['ann', 'bob', 'cyd', 'dan', 'eve'].map((name) => failed(0, name)) },
    },
  },
  okta_pushes_unanswered: {
    hits: {
      'six within ten minutes, and none is answered': { events: every(6, 1.5, sent), level: 'medium' },
      'twelve, one of which is approved': { events: [...every(12, 0.7, sent), approved(8)], level: 'medium' },
      'after a sign-in of the person': { events: [...signIn(0), ...every(6, 1, (n) => sent(n + 2))], level: 'medium' },
      'of an administrator': { events: every(6, 1.5, sent), accounts: ADMIN('ann'), level: 'high' },
      'through a proxy': { events: every(6, 1.5, (n) => sent(n, PROXY)), level: 'high' },
      'six that Okta itself has sent': { events: every(6, 1.5, (n) => sentByOkta(n)), level: 'medium' },
    },
    misses: {
      'Okta itself sends one each to twelve people': { events: every(12, 0.7, (n) => sentByOkta(n, `p${n}`)) },
      'Okta itself sends them, and each is approved': {
        events: Array.from({ length: 12 }, (_, n) => [sentByOkta(n * 0.8), approved(n * 0.8 + 0.1)]).flat(),
      },
      'an outage, in which four are not answered': { events: [...every(4, 2, sent), ...signIn(9)] },
      'six within the hour': { events: every(6, 10, sent) },
      'twelve that were never sent': { events: every(12, 0.7, notSent) },
      'somebody signs in twelve times within ten minutes': {
        events: Array.from({ length: 12 }, (_, n) => signIn(n * 0.8)).flat(),
      },
      'somebody signs in twelve times on one day': { events: Array.from({ length: 12 }, (_, n) => signIn(n * 45)).flat() },
      'two phones of one person ring, three times': {
        events: [0, 3, 6].flatMap((n) => [sent(n), ...signIn(n)]),
      },
    },
  },
  okta_pushes_fail_then_approved: {
    hits: {
      'six fail, the seventh is approved': { events: [...every(6, 1, failed), approved(6)], level: 'high' },
      'five are left, the sixth is approved': { events: [...every(5, 2, left), approved(10)], level: 'high' },
      'of an administrator': { events: [...every(6, 1, failed), approved(6)], accounts: ADMIN('ann'), level: 'critical' },
    },
    misses: {
      'two fail, the third is approved': { events: [failed(0), failed(1), approved(2)] },
      'an outage, in which four fail': { events: [...every(4, 2, failed), approved(9)] },
      'none is approved': { events: every(6, 1, failed) },
      'it is approved before': { events: [approved(0), ...every(6, 1, (n) => failed(n + 1))] },
      'it is approved half an hour later': { events: [...every(6, 1, failed), approved(36)] },
      'a code is right after it': { events: [...every(6, 1, failed), code(6, 'SUCCESS')] },
    },
  },
  okta_pushes_unanswered_then_approved: {
    hits: {
      'twelve, the last of which is approved': { events: [...every(12, 0.7, sent), approved(8)], level: 'high' },
      'twelve that Okta itself has sent, the last of which is approved': {
        events: [...every(12, 0.7, (n) => sentByOkta(n)), approved(8)],
        level: 'high',
      },
      'five are not answered, the sixth is approved': { events: [...every(6, 1.5, sent), approved(8)], level: 'high' },
      'of an administrator': { events: [...every(12, 0.7, sent), approved(8)], accounts: ADMIN('ann'), level: 'critical' },
    },
    misses: {
      'two are not answered, the third is approved': { events: [...every(3, 1, sent), approved(3)] },
      'an outage, in which four are not answered': { events: [...every(4, 2, sent), ...signIn(9)] },
      'none is approved': { events: every(12, 0.7, sent) },
      'it is approved half an hour later': { events: [...every(12, 0.7, sent), approved(40)] },
      'somebody signs in twelve times within ten minutes': {
        events: Array.from({ length: 12 }, (_, n) => signIn(n * 0.8)).flat(),
      },
    },
  },
});
