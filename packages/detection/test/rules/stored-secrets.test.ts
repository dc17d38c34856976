import { DAY, HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { ADMIN, known, of, PROXY } from './sign-ins.js';
import { testStories } from './stories.js';

const shown = (whose: string, after = 0, more: Line = {}): Line =>
  line(
    'application.user_membership.show_password',
    {
      target: [target('AppInstance', 'Bank'), target('AppUser', whose), target('User', whose, user(whose))],
      ...more,
    },
    after,
  );
const opened = (app: string, after: number, more: Line = {}): Line =>
  line(
    'user.authentication.sso',
    {
      target: [target('AppInstance', app, { detailEntry: { signOnModeType: 'BROWSER_PLUGIN' } }), target('AppUser', 'ann')],
      ...more,
    },
    after,
  );
const apps = (count: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: count }, (_, n) => opened(`App ${n}`, n * 50_000, more));
const pushed = (more: Line): Line =>
  line('application.lifecycle.update', { target: [target('AppInstance', 'Receiver')], ...more });
const agent = (address: string, after: number, more: Line = {}): Line =>
  of('agent', 'system.agent.ad.connect', address, after, more);
const device = { debugContext: { debugData: { dtHash: 'dt-attacker' } } };

testStories('okta/stored-secrets.yml', {
  okta_others_app_password_shown: {
    hits: {
      'ann looks at one of bob': { events: [shown('bob')], level: 'medium' },
      'through a proxy': { events: [shown('bob', 0, PROXY)], level: 'high' },
      'bob is an administrator': { events: [shown('bob')], accounts: ADMIN('bob'), level: 'high' },
    },
    misses: { 'ann looks at her own': { events: [shown('ann')] } },
  },
  okta_app_password_shown_oddly: {
    hits: {
      'through a proxy': { events: [shown('ann', 0, PROXY)], level: 'medium' },
      'on a device and at an address that are new': {
        events: [known('ann'), shown('ann', 0, { ...device, client: { ipAddress: '203.0.113.7' } })],
        level: 'low',
      },
      'and she is an administrator': {
        events: [shown('ann', 0, PROXY)],
        accounts: ADMIN('ann'),
        level: 'high',
      },
    },
    misses: {
      'in the office': { events: [shown('ann')] },
      'on a device that is new, in the office': { events: [known('ann'), shown('ann', 0, device)] },
    },
  },
  okta_app_passwords_extracted: {
    hits: {
      'five of her own within the hour': {
        events: [0, 1, 2, 3, 4].map((n) => shown('ann', n * 10 * MINUTE)),
        level: 'medium',
      },
      'five of bob': { events: [0, 1, 2, 3, 4].map((n) => shown('bob', n * MINUTE)), level: 'high' },
      'five of bob, through a proxy': {
        events: [0, 1, 2, 3, 4].map((n) => shown('bob', n * MINUTE, PROXY)),
        level: 'critical',
      },
    },
    misses: {
      four: { events: [0, 1, 2, 3].map((n) => shown('ann', n * MINUTE)) },
      'five within two hours': { events: [0, 1, 2, 3, 4].map((n) => shown('ann', n * 30 * MINUTE)) },
    },
  },
  okta_stored_passwords_collected: {
    hits: {
      'ten applications': { events: apps(10), level: 'low' },
      'on a device that is new': { events: [known('ann'), ...apps(10, device)], level: 'medium' },
      'through a proxy': { events: apps(10, PROXY), level: 'high' },
    },
    misses: {
      'nine applications': { events: apps(9) },
      'one application ten times': { events: Array.from({ length: 10 }, (_, n) => opened('App', n * MINUTE)) },
      'ten applications without stored passwords': {
        events: Array.from({ length: 10 }, (_, n) =>
          line(
            'user.authentication.sso',
            { target: [target('AppInstance', `App ${n}`, { detailEntry: { signOnModeType: 'SAML_2_0' } })] },
            n * MINUTE,
          ),
        ),
      },
    },
  },
  okta_password_push_enabled: {
    hits: {
      'as Classic Engine says it': {
        events: [pushed({ outcome: { result: 'SUCCESS', reason: 'Pushing new users, Pushing user passwords' } })],
        level: 'high',
      },
      'as the change says it': {
        events: [
          pushed({
            target: [
              target('AppInstance', 'Receiver', {
                changeDetails: { from: {}, to: { syncPassword: true, passwordType: 'Sync Okta Password' } },
              }),
            ],
          }),
        ],
      },
      'through a proxy': {
        events: [pushed({ outcome: { result: 'SUCCESS', reason: 'Pushing user passwords' }, ...PROXY })],
        level: 'critical',
      },
    },
    misses: {
      'the opposite': { events: [pushed({ outcome: { result: 'SUCCESS', reason: 'Stop pushing user passwords' } })] },
      'passwords that are made up for the receiver': {
        events: [
          pushed({
            target: [
              target('AppInstance', 'Receiver', {
                changeDetails: { from: {}, to: { syncPassword: true, passwordType: 'Sync a randomly generated password' } },
              }),
            ],
          }),
        ],
      },
    },
  },
  okta_directory_agent_elsewhere: {
    hits: {
      'after a week from another address': {
        events: [agent('192.0.2.20', 0), agent('192.0.2.20', 5 * DAY), agent('203.0.113.7', 8 * DAY)],
        level: 'medium',
      },
      'which is one of our own': {
        events: [agent('192.0.2.20', 0), agent('203.0.113.7', 8 * DAY)],
        own: ['203.0.113.7'],
        level: 'low',
      },
      'which is in a list': {
        events: [agent('192.0.2.20', 0), agent('203.0.113.7', 8 * DAY)],
        threats: ['203.0.113.7'],
        level: 'high',
      },
    },
    misses: {
      'from where it always comes': { events: [agent('192.0.2.20', 0), agent('192.0.2.20', 8 * DAY)] },
      'in the first week': { events: [agent('192.0.2.20', 0), agent('203.0.113.7', 6 * DAY + 23 * HOUR)] },
    },
  },
});
