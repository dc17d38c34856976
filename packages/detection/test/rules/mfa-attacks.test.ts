import { type Line, line, MINUTE, target, user } from './log-line.js';
import { ADMIN, factor, of, PROXY, SUPER_ADMIN } from './sign-ins.js';
import { testStories } from './stories.js';

const PHONE = '198.51.100.4';
const ATTACKER = '203.0.113.7';
const NEW_PLACE = { behaviors: '{New Device=POSITIVE, New IP=POSITIVE, New Country=NEGATIVE}' };

const rejection = (n: number, more: Line = {}): Line => ({
  ...factor('ann', PHONE, n * MINUTE, 'FAILURE', { pushOnlyResponseType: 'OV_RESPONSE_DENY' }),
  ...more,
});
const approval = (n: number, data: Line = { pushOnlyResponseType: 'OV_RESPONSE_APPROVE' }): Line =>
  factor('ann', PHONE, n * MINUTE, 'SUCCESS', data);
const classic = (n: number): Line => of('ann', 'user.mfa.okta_verify.deny_push', PHONE, n * MINUTE);
const wrongNumber = (n: number, data: Line = {}): Line =>
  factor('ann', PHONE, n * MINUTE, 'FAILURE', {
    pushWithNumberChallengeResponseType: 'OV_WITH_CHALLENGE_RESPONSE_INVALID',
    ...data,
  });
const sent = (n: number, data: Line = {}, more: Line = {}): Line =>
  of('ann', 'system.push.send_factor_verify_push', ATTACKER, n * MINUTE, { debugContext: { debugData: data }, ...more });
const every = (count: number, minutes: number, make: (n: number) => Line): readonly Line[] =>
  Array.from({ length: count }, (_, n) => make(n * minutes));
const risk = (said: string): Line =>
  line('user.risk.detect', {
    actor: { id: 'okta', type: 'SystemPrincipal', alternateId: 'system@okta.com', displayName: 'Okta System' },
    target: [target('User', 'ann', user('ann'))],
    debugContext: { debugData: { risk: said } },
  });

testStories('okta/mfa-attacks.yml', {
  okta_push_rejected: {
    hits: {
      'one push is rejected': { events: [rejection(0)], level: 'low' },
      'one is rejected in Classic Engine': { events: [classic(0)] },
      'an administrator rejects one': { events: [rejection(0)], accounts: ADMIN('ann'), level: 'medium' },
    },
    misses: { 'a push is approved': { events: [approval(0)] } },
  },
  okta_number_challenge_failed: {
    hits: {
      'a wrong number': { events: [wrongNumber(0)], level: 'low' },
      'of an administrator, asked for by a new device': {
        events: [wrongNumber(0, { behaviors: '{New Device=POSITIVE}' })],
        accounts: ADMIN('ann'),
        level: 'high',
      },
    },
    misses: {
      'the right number': {
        events: [approval(0, { pushWithNumberChallengeResponseType: 'OV_WITH_CHALLENGE_RESPONSE_VALID' })],
      },
    },
  },
  okta_push_bombing: {
    hits: {
      'five within eight minutes': { events: every(5, 2, rejection), level: 'high' },
      'five of an administrator': { events: every(5, 2, rejection), accounts: ADMIN('ann'), level: 'critical' },
      'five in Classic Engine': { events: every(5, 2, classic) },
      'three are rejected, two answered with a wrong number': {
        events: [...every(3, 2, rejection), wrongNumber(6), wrongNumber(8)],
      },
    },
    misses: {
      'four within eight minutes': { events: every(4, 2, rejection) },
      'five within the hour': { events: every(5, 12, rejection) },
      'five people, one each': {
        events: ['ann', 'bob', 'cyd', 'dan', 'eve'].map((name) =>
          factor(name, PHONE, 0, 'FAILURE', { pushOnlyResponseType: 'OV_RESPONSE_DENY' }),
        ),
      },
    },
  },
  okta_push_bombing_slow: {
    hits: {
      'six within ten hours': { events: every(6, 120, rejection), level: 'medium' },
      'six of an administrator': { events: every(6, 120, rejection), accounts: ADMIN('ann'), level: 'high' },
    },
    misses: {
      'five within ten hours': { events: every(5, 120, rejection) },
      'six within fifteen hours': { events: every(6, 180, rejection) },
    },
  },
  okta_push_flood: {
    hits: {
      'fifteen within the hour, and none is answered': { events: every(15, 4, sent), level: 'medium' },
      'one of fifteen is approved': { events: [...every(15, 4, sent), approval(57)] },
      'to an administrator': { events: every(15, 4, sent), accounts: ADMIN('ann'), level: 'high' },
    },
    misses: {
      fourteen: { events: every(14, 4, sent) },
      'two of fifteen are approved': { events: [approval(0), approval(1), ...every(15, 4, sent)] },
      'fifteen within two hours': { events: every(15, 8, sent) },
    },
  },
  okta_push_rejected_elsewhere: {
    hits: {
      'a device and an address that are new, and the phone is elsewhere': {
        events: [sent(0, NEW_PLACE), rejection(1)],
        level: 'medium',
      },
      'through a proxy': { events: [sent(0, NEW_PLACE, PROXY), rejection(1)], level: 'high' },
      'of a super administrator': {
        events: [sent(0, NEW_PLACE), rejection(1)],
        accounts: SUPER_ADMIN('ann'),
        level: 'critical',
      },
    },
    misses: {
      'the phone is behind the same address': {
        events: [sent(0, NEW_PLACE), rejection(1, { client: { ipAddress: ATTACKER } })],
      },
      'the device is known': {
        events: [sent(0, { behaviors: '{New Device=NEGATIVE, New IP=POSITIVE}' }), rejection(1)],
      },
      'it is approved': { events: [sent(0, NEW_PLACE), approval(1)] },
      'in another session': {
        events: [sent(0, NEW_PLACE), rejection(1, { authenticationContext: { externalSessionId: 'another' } })],
      },
    },
  },
  okta_mfa_bypass_attempt: {
    hits: {
      'an attempt': { events: [line('user.mfa.attempt_bypass')], level: 'high' },
      'of an administrator': {
        events: [line('user.mfa.attempt_bypass')],
        accounts: ADMIN('ann'),
        level: 'critical',
      },
    },
    misses: { 'a factor is checked': { events: [approval(0)] } },
  },
  okta_mfa_brute_force_detected: {
    hits: {
      'Okta says so': {
        events: [risk('{level=HIGH, detectionName=Brute Force Attack, reasons=MFA brute force}')],
        level: 'high',
      },
      'of an administrator': {
        events: [risk('{level=HIGH, detectionName=Brute Force Attack, reasons=MFA brute force}')],
        accounts: ADMIN('ann'),
        level: 'critical',
      },
    },
    misses: {
      'Okta sees another risk': {
        events: [risk('{level=HIGH, detectionName=Suspicious Brute Force Attack, reasons=Password brute force}')],
      },
    },
  },
});
