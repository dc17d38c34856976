import { DAY, type Line, line, MINUTE, target, user } from './log-line.js';
import { ADMIN, known, of, PROXY, success } from './sign-ins.js';
import { testStories } from './stories.js';

const opened = (app: string, after: number, more: Line = {}): Line =>
  line(
    'user.authentication.sso',
    {
      target: [target('AppUser', 'ann'), target('AppInstance', app)],
      debugContext: { debugData: { initiationType: 'IDP_INITIATED' } },
      ...more,
    },
    after,
  );
const rapid = (count: number, every: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: count }, (_, n) => opened(`App ${n}`, n * every, more));
const challenged = (count: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: count }, (_, n) =>
    line(
      'policy.evaluate_sign_on',
      { outcome: { result: 'CHALLENGE' }, target: [target('AppInstance', `App ${n}`), target('Rule', 'two factors')], ...more },
      n * 3 * MINUTE,
    ),
  );
const refused = (count: number, every: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: count }, (_, n) =>
    line('app.generic.unauth_app_access_attempt', { target: [target('AppInstance', `App ${n}`)], ...more }, n * every),
  );
const sessions = (count: number, networks: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: count }, (_, n) =>
    success('ann', `203.0.113.${n}`, n * 10 * MINUTE, {
      ...more,
      securityContext: { asNumber: 64_500 + (n % networks), isProxy: 'securityContext' in more },
      authenticationContext: { externalSessionId: `session-${n}` },
    }),
  );
/** Applications that were used long ago: by ann, and by somebody of everybody. */
const used = (app: string, name: string): Line =>
  of(name, 'user.authentication.sso', '192.0.2.10', -8 * DAY, { target: [target('AppInstance', app)] });
const usedAll = (count: number): readonly Line[] => Array.from({ length: count }, (_, n) => used(`App ${n}`, 'bob'));
const device: Line = { debugContext: { debugData: { dtHash: 'dt-attacker' } } };
const fromDashboard: Line = { debugContext: { debugData: { dtHash: 'dt-attacker', initiationType: 'IDP_INITIATED' } } };

testStories('okta/applications.yml', {
  okta_rapid_app_access: {
    hits: {
      'ten applications within a minute': { events: rapid(10, 6_000), level: 'medium' },
      'of an administrator': { events: rapid(10, 6_000), accounts: ADMIN('ann'), level: 'medium' },
      'on a new laptop in the office': { events: [known('ann'), ...rapid(10, 6_000, fromDashboard)], level: 'medium' },
      'on a new device from a new address': {
        events: [known('ann'), ...rapid(10, 6_000, { ...fromDashboard, client: { ipAddress: '203.0.113.50' } })],
        level: 'high',
      },
      'through a proxy': { events: rapid(10, 6_000, PROXY), level: 'high' },
    },
    misses: {
      'nine applications': { events: rapid(9, 6_000) },
      'ten within one and a half minutes': { events: rapid(10, 10_000) },
      'one application ten times': { events: Array.from({ length: 10 }, (_, n) => opened('App', n * 6_000)) },
      'a browser opens ten pages of applications again': {
        events: rapid(10, 6_000, { debugContext: { debugData: { initiationType: 'SP_INITIATED' } } }),
      },
    },
  },
  okta_many_first_apps: {
    hits: {
      'three that others used, of other departments': {
        events: [known('ann'), ...usedAll(3), ...rapid(3, MINUTE)],
        accounts: accountsOfDepartments(),
        level: 'low',
      },
      'on a device that is new': {
        events: [known('ann'), ...usedAll(3), ...rapid(3, MINUTE, device)],
        accounts: accountsOfDepartments(),
        level: 'medium',
      },
    },
    misses: {
      two: { events: [known('ann'), ...usedAll(2), ...rapid(2, MINUTE)], accounts: accountsOfDepartments() },
      'three that the department uses': { events: [known('ann'), ...usedAll(3), ...rapid(3, MINUTE)] },
      'three that she has used before': {
        events: [...[0, 1, 2].map((n) => used(`App ${n}`, 'ann')), ...rapid(3, MINUTE)],
        accounts: accountsOfDepartments(),
      },
      'in her first week': { events: [...usedAll(3), ...rapid(3, MINUTE)], accounts: accountsOfDepartments() },
    },
  },
  okta_challenges_not_met: {
    hits: {
      'four applications, and none is opened': { events: challenged(4), level: 'medium' },
      'of an administrator': { events: challenged(4), accounts: ADMIN('ann'), level: 'medium' },
      'of an administrator with a new device': {
        events: [known('ann'), ...challenged(4, device)],
        accounts: ADMIN('ann'),
        level: 'high',
      },
    },
    misses: {
      'three applications': { events: challenged(3) },
      'two of four are opened': { events: [opened('App 0', MINUTE), opened('App 1', 4 * MINUTE), ...challenged(4)] },
      'one application four times': {
        events: challenged(4).map((one) => ({ ...one, target: [target('AppInstance', 'App')] })),
      },
      'before there is a session': { events: challenged(4, { authenticationContext: { externalSessionId: 'unknown' } }) },
    },
  },
  okta_apps_not_assigned: {
    hits: {
      'five applications within the hour': { events: refused(5, 14 * MINUTE), level: 'low' },
      'through a proxy': { events: refused(5, MINUTE, PROXY), level: 'medium' },
    },
    misses: {
      'four applications': { events: refused(4, MINUTE) },
      'five within two hours': { events: refused(5, 30 * MINUTE) },
    },
  },
  okta_concurrent_sessions: {
    hits: {
      'four sessions in three networks': { events: sessions(4, 3), level: 'low' },
      'of an administrator': { events: sessions(4, 3), accounts: ADMIN('ann'), level: 'medium' },
      'of an administrator, through a proxy': {
        events: sessions(4, 3, PROXY),
        accounts: ADMIN('ann'),
        level: 'high',
      },
    },
    misses: {
      'three sessions': { events: sessions(3, 3) },
      'four sessions in two networks': { events: sessions(4, 2) },
    },
  },
});

/** By id; the actor of these stories sells, and the other builds. */
function accountsOfDepartments(): Record<string, { readonly department: string }> {
  return { [user('ann').id]: { department: 'Sales' }, [user('bob').id]: { department: 'Works' } };
}
