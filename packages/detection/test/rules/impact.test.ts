import { type Line, line, MINUTE, target, user } from './log-line.js';
import { ADMIN, known, of, PROXY } from './sign-ins.js';
import { testStories } from './stories.js';

const removed = (app: string, after = 0, more: Line = {}, how = 'delete'): Line =>
  line(`application.lifecycle.${how}`, { target: [target('AppInstance', app)], ...more }, after);
const times = (count: number, make: (n: number) => Line): readonly Line[] => Array.from({ length: count }, (_, n) => make(n));
const revoked = (n: number, more: Line = {}): Line =>
  line('system.api_token.revoke', { target: [target('Token', `token ${n}`)], ...more }, n * MINUTE);
const ended = (n: number, more: Line = {}): Line =>
  line(
    n % 2 === 0 ? 'user.lifecycle.deactivate' : 'user.lifecycle.suspend',
    { target: [target('User', `u${n}`, user(`u${n}`))], ...more },
    n * 20_000,
  );
const limited = (eventType: string, n: number, more: Line = {}): Line =>
  of('ann', eventType, '203.0.113.7', n * 20_000, { outcome: { result: 'DENY', reason: null }, ...more });
const ELSEWHERE: Line = { client: { ipAddress: '203.0.113.7' }, debugContext: { debugData: { dtHash: 'dt-attacker' } } };

testStories('okta/impact.yml', {
  okta_app_removed: {
    hits: {
      'one is deactivated': { events: [removed('Payroll', 0, {}, 'deactivate')], level: 'low' },
      'through a proxy': { events: [removed('Payroll', 0, PROXY)], level: 'medium' },
      'on a device and at an address that are new': {
        events: [known('ann'), removed('Payroll', 0, ELSEWHERE)],
        level: 'medium',
      },
    },
    misses: { 'one is activated': { events: [removed('Payroll', 0, {}, 'activate')] } },
  },
  okta_apps_removed: {
    hits: {
      'five within the hour': { events: times(5, (n) => removed(`App ${n}`, n * 10 * MINUTE)), level: 'medium' },
      'through a proxy': { events: times(5, (n) => removed(`App ${n}`, n * MINUTE, PROXY)), level: 'critical' },
    },
    misses: {
      four: { events: times(4, (n) => removed(`App ${n}`, n * MINUTE)) },
      'three that are deactivated first': {
        events: times(6, (n) => removed(`App ${n % 3}`, n * MINUTE, {}, n < 3 ? 'deactivate' : 'delete')),
      },
      'five within two hours': { events: times(5, (n) => removed(`App ${n}`, n * 30 * MINUTE)) },
    },
  },
  okta_app_changed_oddly: {
    hits: {
      'through a proxy': { events: [removed('Payroll', 0, PROXY, 'update')], level: 'medium' },
      'on a device and at an address that are new': {
        events: [known('ann'), removed('Payroll', 0, ELSEWHERE, 'update')],
        level: 'low',
      },
    },
    misses: { 'in the office': { events: [known('ann'), removed('Payroll', 0, {}, 'update')] } },
  },
  okta_api_token_revoked: {
    hits: {
      'one token': { events: [revoked(0)], level: 'informational' },
      'through a proxy': { events: [revoked(0, PROXY)], level: 'medium' },
    },
    misses: { 'one is made': { events: [line('system.api_token.create')] } },
  },
  okta_api_tokens_revoked: {
    hits: {
      five: { events: times(5, revoked), level: 'medium' },
      'through a proxy': { events: times(5, (n) => revoked(n, PROXY)), level: 'high' },
    },
    misses: {
      four: { events: times(4, revoked) },
      'five within two hours': { events: times(5, (n) => revoked(n * 30)) },
    },
  },
  okta_accounts_ended: {
    hits: {
      'twenty-five within ten minutes': { events: times(25, (n) => ended(n)), level: 'medium' },
      'an administrator among them': { events: times(25, (n) => ended(n)), accounts: ADMIN('u3'), level: 'high' },
      'an administrator among them, through a proxy': {
        events: times(25, (n) => ended(n, PROXY)),
        accounts: ADMIN('u3'),
        level: 'critical',
      },
    },
    misses: {
      'twenty-four': { events: times(24, (n) => ended(n)) },
      'the system that says who works here': {
        events: times(25, (n) => ended(n, { actor: { id: 'okta', type: 'SystemPrincipal', alternateId: 'system@okta.com' } })),
      },
    },
  },
  okta_all_passwords_expired: {
    hits: {
      'all of them': { events: [line('user.lifecycle.password_mass_expiry')], level: 'medium' },
      'through a proxy': { events: [line('user.lifecycle.password_mass_expiry', PROXY)], level: 'high' },
    },
    misses: { 'the password of one': { events: [line('user.account.expire_password')] } },
  },
  okta_org_limit_reached: {
    hits: {
      once: { events: [limited('system.org.rate_limit.violation', 0)], level: 'informational' },
      'too many at once': { events: [limited('core.concurrency.org.limit.violation', 0)] },
    },
    misses: { 'it is near': { events: [limited('system.org.rate_limit.warning', 0)] } },
  },
  okta_org_limit_reached_often: {
    hits: {
      'ten times': { events: times(10, (n) => limited('system.org.rate_limit.violation', n)), level: 'low' },
      'through proxies': {
        events: times(10, (n) => limited('system.org.rate_limit.violation', n, PROXY)),
        level: 'medium',
      },
    },
    misses: {
      'nine times': { events: times(9, (n) => limited('system.org.rate_limit.violation', n)) },
      'ten times within an hour': { events: times(10, (n) => limited('system.org.rate_limit.violation', n * 12)) },
    },
  },
  okta_client_limit_reached_often: {
    hits: {
      'twenty times': { events: times(20, (n) => limited('system.client.rate_limit.violation', n)), level: 'low' },
      'from an address in a list': {
        events: times(20, (n) => limited('system.client.rate_limit.violation', n)),
        threats: ['203.0.113.7'],
        level: 'medium',
      },
    },
    misses: {
      'nineteen times': { events: times(19, (n) => limited('system.client.rate_limit.violation', n)) },
      'twenty addresses, once each': {
        events: times(20, (n) => limited('system.client.rate_limit.violation', n, { client: { ipAddress: `203.0.113.${n}` } })),
      },
    },
  },
});
