import { DAY, HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { ADMIN, factor, failure, known, of, people, PROXY, STRANGER, success, SUPER_ADMIN } from './sign-ins.js';
import { testStories } from './stories.js';

const ATTACKER = '203.0.113.7';
const sprayed = people(10, (name, n) => failure(name, ATTACKER, n * MINUTE));
const stuffed = people(15, (name, n) =>
  failure(name, ATTACKER, n * 40_000, n < 5 ? { actor: STRANGER(`${name}@elsewhere.test`) } : {}),
);
const guessed = Array.from({ length: 5 }, (_, n) =>
  failure('ann', `203.0.113.${n}`, n * 5 * MINUTE, { securityContext: { asNumber: 64_500 + n } }),
);
const rejected = (n: number): Line =>
  factor('ann', '192.0.2.10', n * MINUTE, 'FAILURE', { pushOnlyResponseType: 'OV_RESPONSE_DENY' });
const approved = (n: number, name = 'ann'): Line =>
  factor(name, '192.0.2.10', n * MINUTE, 'SUCCESS', { pushOnlyResponseType: 'OV_RESPONSE_APPROVE' });
const changed = (more: Line = {}): Line =>
  line('user.account.update_secondary_email', { target: [target('User', 'bob', user('bob'))], ...more });
const reset = (after: number, name = 'bob'): Line =>
  line('user.account.reset_password', { target: [target('User', name, user(name))] }, after);
const erased = line('user.behavior.profile.reset', { target: [target('User', 'bob', user('bob'))] });
const device = { debugContext: { debugData: { dtHash: 'dt-attacker' } } };

testStories('okta/credential-attacks-that-worked.yml', {
  okta_spray_worked: {
    hits: {
      'somebody gets in from there two hours later': {
        events: [...sprayed, success('ann', ATTACKER, 2 * HOUR)],
        level: 'high',
      },
      'an administrator': {
        events: [...sprayed, success('ann', ATTACKER, 2 * HOUR)],
        accounts: ADMIN('ann'),
        level: 'critical',
      },
      'only the password was right': {
        events: [...sprayed, factor('ann', ATTACKER, HOUR, 'SUCCESS', { factor: 'PASSWORD_AS_FACTOR' })],
        level: 'high',
      },
      'somebody who has come from that address before': {
        events: [success('ann', ATTACKER, -8 * DAY), ...sprayed, success('ann', ATTACKER, HOUR)],
        level: 'medium',
      },
    },
    misses: {
      'somebody gets in from elsewhere': { events: [...sprayed, success('ann', '192.0.2.10', 2 * HOUR)] },
      'half a day later': { events: [...sprayed, success('ann', ATTACKER, 12 * HOUR)] },
      before: { events: [success('ann', ATTACKER, -HOUR), ...sprayed] },
    },
  },
  okta_stuffing_worked: {
    hits: {
      'somebody gets in from there': { events: [...stuffed, success('ann', ATTACKER, HOUR)], level: 'high' },
      'an administrator': {
        events: [...stuffed, success('ann', ATTACKER, HOUR)],
        accounts: ADMIN('ann'),
        level: 'critical',
      },
    },
    misses: { 'somebody gets in from elsewhere': { events: [...stuffed, success('ann', '192.0.2.10', HOUR)] } },
  },
  okta_brute_force_worked: {
    hits: {
      'ann gets in': { events: [...guessed, success('ann', '203.0.113.9', HOUR)], level: 'medium' },
      'ann gets in on a device that is new to her': {
        events: [known('ann'), ...guessed, success('ann', '203.0.113.9', HOUR, device)],
        level: 'high',
      },
      'and she is an administrator': {
        events: [known('ann'), ...guessed, success('ann', '203.0.113.9', HOUR, device)],
        accounts: ADMIN('ann'),
        level: 'critical',
      },
      'ann gets in where she always does': {
        events: [known('ann'), ...guessed, success('ann', '192.0.2.10', HOUR)],
        level: 'low',
      },
    },
    misses: {
      'bob gets in': { events: [...guessed, success('bob', '203.0.113.9', HOUR)] },
      'ann gets in on the day after': { events: [...guessed, success('ann', '203.0.113.9', DAY)] },
    },
  },
  okta_push_bombing_worked: {
    hits: {
      'three are rejected, the fourth is approved': { events: [0, 2, 4].map(rejected).concat(approved(6)), level: 'high' },
      'by an administrator': {
        events: [0, 2, 4].map(rejected).concat(approved(6)),
        accounts: ADMIN('ann'),
        level: 'critical',
      },
      'two are rejected, and one is answered with a wrong number': {
        events: [
          ...[0, 2].map(rejected),
          factor('ann', '192.0.2.10', 3 * MINUTE, 'FAILURE', {
            pushWithNumberChallengeResponseType: 'OV_WITH_CHALLENGE_RESPONSE_INVALID',
          }),
          approved(6),
        ],
      },
    },
    misses: {
      'two are rejected': { events: [0, 2].map(rejected).concat(approved(4)) },
      'the one that is approved was first': { events: [approved(0), ...[2, 4, 6].map(rejected)] },
      'somebody else approves one': { events: [0, 2, 4].map(rejected).concat(approved(6, 'bob')) },
      'it is approved an hour later': { events: [0, 2, 4].map(rejected).concat(approved(64)) },
    },
  },
  okta_recovery_taken_over: {
    hits: {
      'the address, and hours later the password': { events: [changed(), reset(5 * HOUR)], level: 'medium' },
      'of a super administrator': { events: [changed(), reset(HOUR)], accounts: SUPER_ADMIN('bob'), level: 'critical' },
      'Okta sends the message that resets it, abroad': {
        events: [
          known('bob'),
          changed(),
          of('bob', 'system.email.password_reset.sent_message', ATTACKER, HOUR, {
            target: [user('bob')],
            client: { ipAddress: ATTACKER, geographicalContext: { country: 'Norway' } },
          }),
        ],
        level: 'high',
      },
    },
    misses: {
      'the password of somebody else': { events: [changed(), reset(HOUR, 'cyd')] },
      'the password two days later': { events: [changed(), reset(2 * DAY)] },
      'first the password': { events: [reset(-HOUR), changed()] },
      'of somebody who is new': {
        events: [changed(), reset(HOUR)],
        accounts: { [user('bob').id]: { createdAt: Date.parse('2026-11-01T00:00:00Z') } },
      },
    },
  },
  okta_sign_in_after_profile_reset: {
    hits: {
      'through a proxy': { events: [erased, success('bob', ATTACKER, HOUR, PROXY)], level: 'high' },
      'from a country that is new': {
        events: [
          known('bob'),
          erased,
          success('bob', ATTACKER, HOUR, { client: { ipAddress: ATTACKER, geographicalContext: { country: 'Norway' } } }),
        ],
        level: 'medium',
      },
    },
    misses: {
      'from another address of a country in which bob signs in': {
        events: [known('bob'), erased, success('bob', ATTACKER, HOUR)],
      },
      'somebody else through a proxy': { events: [erased, success('cyd', ATTACKER, HOUR, PROXY)] },
      'two days later': { events: [erased, success('bob', ATTACKER, 2 * DAY, PROXY)] },
    },
  },
});
