import { DAY, HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { ADMIN, failure, of, people, PROXY, STRANGER } from './sign-ins.js';
import { testStories } from './stories.js';

const ADDRESS = '203.0.113.7';
const lock = (name: string, after: number, more: Line = {}): Line =>
  of(name, 'user.account.lock', ADDRESS, after, { outcome: { result: 'FAILURE', reason: 'LOCKED_OUT' }, ...more });
const named = (name: string): Line => failure('ann', ADDRESS, 0, { actor: STRANGER(name) });
const hook = (after: number, more: Line = {}): Line =>
  line('inline_hook.created', { target: [target('HookChannel', 'passwords')], ...more }, after);
const imported = (after: number): Line => line('user.import.password', { target: [target('User', 'bob', user('bob'))] }, after);

testStories('okta/passwords.yml', {
  okta_account_locked: {
    hits: {
      'an account': { events: [lock('ann', 0)], level: 'informational' },
      'the limit, through a proxy': {
        events: [of('ann', 'user.account.lock.limit', ADDRESS, 0, PROXY)],
        level: 'low',
      },
      'of an administrator': { events: [lock('ann', 0)], accounts: ADMIN('ann'), level: 'medium' },
    },
    misses: { 'an account is unlocked': { events: [of('ann', 'user.account.unlock', ADDRESS, 0)] } },
  },
  okta_account_locked_again: {
    hits: {
      'three times within two hours': { events: [0, 1, 2].map((n) => lock('ann', n * HOUR)), level: 'low' },
      'an administrator': {
        events: [0, 1, 2].map((n) => lock('ann', n * HOUR)),
        accounts: ADMIN('ann'),
        level: 'medium',
      },
      'an account for emergencies': {
        events: [0, 1, 2].map((n) => lock('ann', n * HOUR)),
        accounts: { [user('ann').id]: { isBreakGlass: true } },
        level: 'high',
      },
    },
    misses: {
      twice: { events: [0, 1].map((n) => lock('ann', n * HOUR)) },
      'three times within four hours': { events: [0, 2, 4].map((n) => lock('ann', n * HOUR)) },
      'three people': { events: people(3, (name, n) => lock(name, n * HOUR)) },
    },
  },
  okta_accounts_locked_from_address: {
    hits: {
      'eight within eight minutes': { events: people(8, (name, n) => lock(name, n * MINUTE)), level: 'medium' },
      'through a proxy': { events: people(8, (name, n) => lock(name, n * MINUTE, PROXY)), level: 'high' },
    },
    misses: {
      seven: { events: people(7, (name, n) => lock(name, n * MINUTE)) },
      'eight within sixteen minutes': { events: people(8, (name, n) => lock(name, n * 2 * MINUTE)) },
      'eight, each at home': {
        events: people(8, (name, n) => lock(name, n * MINUTE, { client: { ipAddress: `203.0.113.${n}` } })),
      },
    },
  },
  okta_accounts_locked_at_once: {
    hits: {
      'thirty, from anywhere': {
        events: people(30, (name, n) => lock(name, n * 20_000, { client: { ipAddress: `203.0.113.${n}` } })),
        level: 'high',
      },
    },
    misses: {
      'twenty-nine': {
        events: people(29, (name, n) => lock(name, n * 20_000, { client: { ipAddress: `203.0.113.${n}` } })),
      },
      'thirty within twenty minutes': {
        events: people(30, (name, n) => lock(name, n * 41_000, { client: { ipAddress: `203.0.113.${n}` } })),
      },
    },
  },
  okta_password_entered_as_name: {
    hits: {
      'letters, a digit and a sign': { events: [named('Sommer2026!')], level: 'medium' },
      'with an at sign within': { events: [named('P@ssw0rd#1')] },
    },
    misses: {
      'a name with a digit': { events: [named('ann.miller2')] },
      'an address': { events: [named('Ann+2026@acme.test')] },
      'the id of an application': { events: [named('0oaB1!cdefghijk')] },
      'of somebody who exists': { events: [failure('ann', ADDRESS, 0)] },
    },
  },
  okta_breached_credential: {
    hits: {
      'a password of ann': { events: [line('security.breached_credential.detected')], level: 'high' },
      'of an administrator': {
        events: [line('security.breached_credential.detected')],
        accounts: ADMIN('ann'),
        level: 'critical',
      },
    },
    misses: { 'a threat of another kind': { events: [line('security.threat.detected')] } },
  },
  okta_new_hook_reads_passwords: {
    hits: {
      'an hour after the hook was made': { events: [hook(0), imported(HOUR)], level: 'medium' },
      'by somebody behind a proxy': { events: [hook(0, PROXY), imported(HOUR)], level: 'high' },
    },
    misses: {
      'two days after': { events: [hook(0), imported(2 * DAY)] },
      'before the hook was made': { events: [imported(0), hook(HOUR)] },
      'the hook is deactivated': { events: [line('inline_hook.deactivated'), imported(HOUR)] },
    },
  },
});
