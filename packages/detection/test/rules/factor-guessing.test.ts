import { type Line, line, MINUTE, target } from './log-line.js';
import { ADMIN, factor, known, of, people, PROXY, success } from './sign-ins.js';
import { testStories } from './stories.js';

const ATTACKER = '203.0.113.7';
const code = { factor: 'OKTA_SOFT_TOKEN' };

const wrong = (count: number, every: number): readonly Line[] =>
  Array.from({ length: count }, (_, n) => factor('ann', ATTACKER, n * every, 'FAILURE', code));
const ofMany = (count: number, result: string): readonly Line[] =>
  people(count, (name, n) => factor(name, ATTACKER, n * 8 * MINUTE, result));
const left = (count: number, data: Line = {}): readonly Line[] =>
  Array.from({ length: count }, (_, n) =>
    factor('ann', ATTACKER, n * 10 * MINUTE, n % 2 === 0 ? 'UNANSWERED' : 'ABANDONED', data),
  );
const limit = (type: string, more: Line = {}): Line =>
  line('system.operation.rate_limit.violation', {
    outcome: { result: 'DENY', reason: 'Too many OTP verification attempts for Email factor' },
    debugContext: { debugData: { operationRateLimitType: type, operationRateLimitSubtype: 'Email' } },
    ...more,
  });
const letIn = (mode: string, more: Line = {}): Line =>
  of('ann', 'policy.evaluate_sign_on', ATTACKER, 0, {
    outcome: { result: 'ALLOW', reason: null },
    target: [
      target('AppInstance', 'Payroll'),
      target('Rule', 'Catch-all Rule', { detailEntry: { policyRuleFactorMode: mode } }),
    ],
    ...more,
  });

testStories('okta/factor-guessing.yml', {
  okta_factor_guessing: {
    hits: {
      'ten wrong codes within nine minutes': { events: wrong(10, MINUTE), level: 'medium' },
      'of an administrator': { events: wrong(10, MINUTE), accounts: ADMIN('ann'), level: 'high' },
    },
    misses: {
      'nine wrong codes': { events: wrong(9, MINUTE) },
      'ten within twenty minutes': { events: wrong(10, 2 * MINUTE) },
      'the password is wrong, which is a factor, too': {
        events: Array.from({ length: 10 }, (_, n) =>
          factor('ann', ATTACKER, n * MINUTE, 'FAILURE', { factor: 'PASSWORD_AS_FACTOR' }),
        ),
      },
    },
  },
  okta_code_limit_reached: {
    hits: {
      'codes by e-mail': { events: [limit('authenticator_otp_verification')], level: 'low' },
      'through a proxy': { events: [limit('authenticator_otp_verification', PROXY)], level: 'medium' },
      'of an administrator': { events: [limit('authenticator_otp_verification')], accounts: ADMIN('ann'), level: 'medium' },
      'of an administrator, through a proxy': {
        events: [limit('authenticator_otp_verification', PROXY)],
        accounts: ADMIN('ann'),
        level: 'high',
      },
    },
    misses: { 'another limit': { events: [limit('profile_reload')] } },
  },
  okta_factor_spray: {
    hits: {
      'factors of five people fail': { events: ofMany(5, 'FAILURE'), level: 'high' },
      'behind an address of our own': { events: ofMany(5, 'FAILURE'), own: [ATTACKER], level: 'medium' },
    },
    misses: {
      'of four people': { events: ofMany(4, 'FAILURE') },
      'of five, and two more go through': {
        events: [...ofMany(5, 'FAILURE'), ...people(2, (name) => factor(`v${name}`, ATTACKER, 0, 'SUCCESS'))],
      },
      'a factor of one person, five times': { events: wrong(5, MINUTE) },
    },
  },
  okta_factor_abandoned_often: {
    hits: {
      'six within the hour': { events: left(6), level: 'low' },
      'asked for by a device that is new': {
        events: [known('ann'), ...left(6, { dtHash: 'dt-attacker' })],
        level: 'medium',
      },
      'and it is an administrator': {
        events: [known('ann'), ...left(6, { dtHash: 'dt-attacker' })],
        accounts: ADMIN('ann'),
        level: 'high',
      },
    },
    misses: { five: { events: left(5) } },
  },
  okta_factor_abandoned_by_many: {
    hits: {
      'six people': { events: ofMany(6, 'ABANDONED'), level: 'medium' },
      'from an address in a list': { events: ofMany(6, 'ABANDONED'), threats: [ATTACKER], level: 'high' },
    },
    misses: {
      'five people': { events: ofMany(5, 'ABANDONED') },
      'six in an office in which forty go on': {
        events: [...people(40, (name, n) => factor(`v${name}`, ATTACKER, n * 20_000, 'SUCCESS')), ...ofMany(6, 'ABANDONED')],
      },
    },
  },
  okta_single_factor_sign_in: {
    hits: {
      'of an administrator': { events: [letIn('1FA')], accounts: ADMIN('ann'), level: 'low' },
      'through a proxy': { events: [letIn('1FA', PROXY)], level: 'medium' },
      'of an administrator, through a proxy': {
        events: [letIn('1FA', PROXY)],
        accounts: ADMIN('ann'),
        level: 'high',
      },
    },
    misses: {
      'with two factors': { events: [letIn('2FA', PROXY)], accounts: ADMIN('ann') },
      'of anybody, where nothing is odd': { events: [letIn('1FA'), success('ann', ATTACKER, MINUTE)] },
      'it is not let in': { events: [letIn('1FA', { ...PROXY, outcome: { result: 'CHALLENGE' } })] },
    },
  },
});
