import { DAY, HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { found, type Story } from './stories.js';

const [admin, agent] = [user('admin'), user('agent')];
const HELP_DESK = { roles: ['HELP_DESK_ADMIN'], isSuperAdmin: false };
const STAFF = { [admin.id]: { roles: ['SUPER_ADMIN'], isSuperAdmin: true }, [agent.id]: HELP_DESK };
const by = (who: Line, type: string, after: number, targets: readonly Line[] = [], more: Line = {}): Line =>
  line(type, { actor: who, target: [...targets], ...more }, after);
/** Signs in at the same place for weeks. */
const habitsOf = (who: Line): readonly Line[] => [-30, -20, -10, -1].map((n) => by(who, 'user.session.start', n * DAY));
const phone: Line = { debugContext: { debugData: { dtHash: 'dt-phone' } }, client: { ipAddress: '203.0.113.7' } };
const abroad: Line = {
  client: { ipAddress: '203.0.113.99', geographicalContext: { country: 'Japan', geolocation: { lat: 35.7, lon: 139.7 } } },
  securityContext: { asNumber: 64777 },
};
const device = (name: string): Line => target('Device', name, { detailEntry: { oktaDeviceId: `guo-${name}` } });
const newcomer = (n: number): readonly Line[] => {
  const who = user(`new${n}.x`);
  const program: Line = { actor: { id: '0oahr', type: 'PublicClientApp', alternateId: 'hr', displayName: 'HR' } };
  return [
    line('user.lifecycle.create', { target: [who], ...program }, n * MINUTE),
    line('user.lifecycle.activate', { target: [who], ...program }, n * MINUTE + 1_000),
    by(who, 'user.session.start', n * MINUTE + HOUR, [who]),
    by(who, 'user.account.update_password', n * MINUTE + HOUR + 1_000, [who]),
    by(who, 'user.mfa.factor.activate', n * MINUTE + HOUR + 2_000, [who]),
    by(who, 'device.enrollment.create', n * MINUTE + HOUR + 3_000, [who, device(`new${n}`)]),
  ];
};

const DAYS: Readonly<Record<string, Story>> = {
  'sixty people begin on one day': { events: Array.from({ length: 60 }, (_, n) => newcomer(n)).flat() },
  'somebody has a new phone': {
    events: [
      ...habitsOf(user('ann')),
      by(agent, 'user.mfa.factor.reset_all', 0, [user('ann')]),
      by(agent, 'user.account.reset_password', MINUTE, [user('ann')]),
      line('user.session.start', phone, HOUR),
      line('user.mfa.factor.activate', { target: [user('ann')], ...phone }, HOUR + MINUTE),
      line('device.user.add', { target: [user('ann'), device('Phone')], ...phone }, HOUR + 2 * MINUTE),
    ],
    accounts: STAFF,
  },
  'the help desk serves twenty people in the morning': {
    events: Array.from({ length: 20 }, (_, n) =>
      by(agent, 'user.account.reset_password', n * 3 * MINUTE, [user(`user${n}.x`)]),
    ),
    accounts: STAFF,
  },
  'somebody is on a journey': {
    events: [
      ...habitsOf(user('ann')),
      line('user.session.start', abroad, 0),
      line('user.account.update_password', { target: [user('ann')], ...abroad }, HOUR),
      line('user.mfa.factor.activate', { target: [user('ann')], ...abroad }, 2 * HOUR),
    ],
  },
  'an administrator works as always': {
    events: [
      ...habitsOf(admin),
      by(admin, 'user.session.start', 0),
      by(admin, 'user.session.access_admin_app', MINUTE),
      by(admin, 'policy.rule.update', 2 * MINUTE),
      by(admin, 'policy.rule.delete', 3 * MINUTE),
      by(admin, 'zone.update', 4 * MINUTE),
      by(admin, 'application.lifecycle.update', 5 * MINUTE, [target('AppInstance', 'Wiki')]),
      by(admin, 'user.account.privilege.grant', 6 * MINUTE, [user('bob')], {
        debugContext: { debugData: { privilegeGranted: 'Read only admin' } },
      }),
      by(admin, 'system.api_token.create', HOUR, [], { debugContext: { debugData: { networkConnection: 'ZONE' } } }),
      by(admin, 'group.user_membership.add', 2 * HOUR, [user('bob'), target('UserGroup', 'Wiki')]),
    ],
    accounts: STAFF,
  },
  'hundreds are behind one address': {
    events: Array.from({ length: 300 }, (_, n) => by(user(`user${n}.x`), 'user.session.start', n * 5_000)),
  },
  'somebody leaves': {
    events: [
      by(admin, 'user.account.privilege.revoke', 0, [user('bob')]),
      by(admin, 'user.lifecycle.deactivate', MINUTE, [user('bob')]),
    ],
    accounts: STAFF,
  },
};

test.each(Object.entries(DAYS))('nothing above low is found when %s', async (_, story) => {
  const levels = await found(story);
  expect([...levels].filter(([, level]) => level !== 'low' && level !== 'informational')).toEqual([]);
});
