import { DAY, HOUR, type Line, line, MINUTE, over, target, user } from './log-line.js';
import { FAILURE, factor, failure, people, success, SUPER_ADMIN } from './sign-ins.js';
import { type Stories, testStories } from './stories.js';
import { ABROAD, ADMIN, DEVICE, HIGH_RISK } from './strangers.js';

const ATTACKER = '203.0.113.7';
const ann = user('ann').id;
const isAdmin = { [ann]: ADMIN };
const sprayed = people(10, (name, n) => failure(name, ATTACKER, n * MINUTE));
const gaveIn = [0, 1, 2, 3].map((n) =>
  factor('ann', ATTACKER, n * MINUTE, n < 3 ? 'FAILURE' : 'SUCCESS', {
    factor: 'OKTA_VERIFY_PUSH',
    pushOnlyResponseType: n < 3 ? 'OV_RESPONSE_DENY' : 'OV_RESPONSE_APPROVE',
  }),
);
const phished = line('user.authentication.auth_via_mfa', {
  outcome: { result: 'FAILURE', reason: 'FastPass declined phishing attempt' },
});
const carriedOn = [
  line('user.session.start'),
  line(
    'user.authentication.sso',
    over(ABROAD, {
      target: [target('AppInstance', 'Mail')],
      client: { userAgent: { rawUserAgent: 'Mozilla/5.0 (X11; Linux) Firefox/144.0', os: 'Linux' } },
    }),
    HOUR,
  ),
];
const token = (after: number, more: Line = {}): Line => line('system.api_token.create', more, after);
const rated = (who: Line, level = 'HIGH'): Line =>
  line('user.risk.detect', {
    actor: { id: '00usystem', type: 'SystemPrincipal', alternateId: 'system@okta.com' },
    target: [who],
    debugContext: { debugData: { risk: `{level=${level}, reasons=MFA brute force}` } },
  });
const reset = (who = 'ann', after = 0): Line =>
  line('user.mfa.factor.reset_all', { actor: user('desk'), target: [user(who)] }, after);
const habits = [-30, -20, -10].map((days) => line('user.session.start', {}, days * DAY));
const stranger = over(ABROAD, DEVICE);
const signIn = (after: number, more: Line = {}): Line => line('user.session.start', more, after);

const STORIES: Stories = {
  okta_taken_account_took_power: {
    hits: {
      'a sprayed password is right, and a token is made hours later': {
        events: [...sprayed, success('ann', ATTACKER, HOUR), token(20 * HOUR)],
        accounts: isAdmin,
        level: 'high',
      },
      'of a super administrator': {
        events: [...sprayed, success('ann', ATTACKER, HOUR), token(20 * HOUR)],
        accounts: SUPER_ADMIN('ann'),
        level: 'critical',
      },
      'a push was given in to': { events: [...gaveIn, token(HOUR)], level: 'high' },
      'FastPass has refused, and a code may not have': { events: [phished, token(HOUR)], level: 'high' },
      'a session was carried on elsewhere': { events: [...carriedOn, token(2 * HOUR)], level: 'high' },
    },
    misses: {
      'more than a day later': { events: [...sprayed, success('ann', ATTACKER, HOUR), token(26 * HOUR)] },
      'another makes the token': {
        events: [...sprayed, success('ann', ATTACKER, HOUR), token(2 * HOUR, { actor: user('zoe') })],
      },
      'none of the passwords was right': { events: [...sprayed, token(HOUR)] },
      'the token was there before': { events: [token(-HOUR), ...sprayed, success('ann', ATTACKER, HOUR)] },
      'the token was tried, and refused': { events: [...gaveIn, token(HOUR, { outcome: FAILURE })] },
    },
  },
  okta_risky_account_took_power: {
    hits: {
      'within a day': { events: [rated(user('ann')), token(23 * HOUR)], level: 'high' },
      'from another country with another device': {
        events: [...habits, rated(user('ann')), token(HOUR, stranger)],
        level: 'critical',
      },
    },
    misses: {
      'more than a day later': { events: [rated(user('ann')), token(25 * HOUR)] },
      'at a medium risk': { events: [rated(user('ann'), 'MEDIUM'), token(HOUR)] },
      'another is at risk': { events: [rated(user('bob')), token(HOUR)] },
    },
  },
  okta_reset_account_signs_in_elsewhere: {
    hits: {
      'in another country with another device': {
        events: [...habits, reset(), signIn(23 * HOUR, stranger)],
        level: 'medium',
      },
      'at a high risk': { events: [...habits, reset(), signIn(HOUR, over(stranger, HIGH_RISK))], level: 'high' },
      'after another recovery address was set': {
        events: [...habits, line('user.account.update_secondary_email', { target: [user('ann')] }), signIn(HOUR, stranger)],
        level: 'medium',
      },
    },
    misses: {
      'with a new phone at home': { events: [...habits, reset(), signIn(HOUR, DEVICE)] },
      'on a journey with the device of always': { events: [...habits, reset(), signIn(HOUR, ABROAD)] },
      'more than a day later': { events: [...habits, reset(), signIn(25 * HOUR, stranger)] },
      'another was reset': { events: [...habits, reset('bob'), signIn(HOUR, stranger)] },
      'the reset came after it': { events: [...habits, signIn(-HOUR, stranger), reset()] },
    },
  },
};

testStories('okta/taken-accounts.yml', STORIES);
