import type { UserStatus } from '@castellan/okta-simulator';
import { ActedOrg, refusalOf } from '../support/acted-org.js';

let acted: ActedOrg;
beforeAll(async () => {
  acted = await ActedOrg.start();
});
afterAll(() => acted.close());
beforeEach(() => acted.begin());

async function expectRefused(name: string, input: object, field: string, ...why: readonly string[]): Promise<void> {
  const before = acted.org.log.length;
  for (const work of [() => acted.host.plan(name, input), () => acted.host.act(name, input)]) {
    const { kind, field: named, message } = await refusalOf(work());
    expect({ name, kind, field: named }).toEqual({ name, kind: 'config', field });
    for (const part of why) expect(message).toContain(part);
  }
  expect([acted.writes, acted.told(before)]).toEqual([[], []]);
}

describe('members of a group', () => {
  const member = () => acted.org.addUser().id;

  it('that a rule fills are not taken out: it would put them back', async () => {
    const [group, one] = [acted.org.addGroup({ name: 'Payroll readers' }).id, member()];
    acted.org.addMember(group, one, 'rule');
    const rule = acted.org.addRule('Everybody in finance', 'user.department=="Finance"', [group]).id;
    await expectRefused('remove-from-group', { group, member: one }, 'group', 'Everybody in finance', 'Payroll readers');
    // It does not keep others from being put in.
    expect(await acted.host.done('add-to-group', { group, member: member() })).toMatchObject({ changed: true });
    acted.org.setRuleStatus(rule, 'INACTIVE');
    expect(await acted.host.done('remove-from-group', { group, member: one })).toMatchObject({ changed: true });
    expect(acted.org.directory.members(group).has(one)).toBe(false);
  });

  it('that a rule on the last of many pages fills are not taken out', async () => {
    const [group, one] = [acted.org.addGroup({ name: 'Last' }).id, member()];
    acted.org.addMember(group, one, 'rule');
    for (let n = 0; n < 6; n += 1) acted.org.addRule(`Rule ${n}`, 'true', [acted.org.addGroup({ name: `Group ${n}` }).id]);
    acted.org.addRule('The last rule', 'true', [group]);
    acted.org.largestPage = 3;
    await expectRefused('remove-from-group', { group, member: one }, 'group', 'The last rule');
    acted.org.largestPage = Number.POSITIVE_INFINITY;
  });

  it.each([
    ['APP_GROUP', 'an application masters it'],
    ['BUILT_IN', 'Okta itself says who is in it'],
  ] as const)('of %s are not for us to move', async (type, why) => {
    const group = acted.org.addGroup({ name: 'Not ours', type }).id;
    const [inside, outside] = [member(), member()];
    acted.org.addMember(group, inside);
    await expectRefused('remove-from-group', { group, member: inside }, 'group', why);
    await expectRefused('add-to-group', { group, member: outside }, 'group', why);
  });
});

describe('what somebody has through a group', () => {
  it('is not taken from them alone: an application', async () => {
    const [group, one] = [acted.org.addGroup({ name: 'Sales' }).id, acted.org.addUser().id];
    const app = acted.org.addApp({ label: 'Customer list' }).id;
    acted.org.addMember(group, one);
    acted.org.assignGroup(app, group);
    const own = { application: app, principalKind: 'account', principal: one };
    const byGroup = { changed: false, message: expect.stringContaining('a group gives it') };
    expect(await acted.host.done('unassign-application', own)).toMatchObject(byGroup);
    // By itself as well: that much can be taken, and it is said that the group's stays.
    acted.org.assignUser(app, one);
    const { consequences } = await acted.host.plan('unassign-application', own);
    expect(consequences.join(' ')).toContain('unless a group gives it');
    const ofGroup = { application: app, principalKind: 'group', principal: group };
    expect(await acted.host.done('unassign-application', ofGroup)).toMatchObject({ changed: true });
    expect(acted.org.applications.groups(app).has(group)).toBe(false);
  });

  it('is not taken from them alone: a role', async () => {
    const [group, one] = [acted.org.addGroup({ name: 'Help desk' }).id, acted.org.addUser().id];
    const assignment = acted.org.grantRole({ kind: 'group', id: group }, { type: 'HELP_DESK_ADMIN' });
    acted.org.addMember(group, one);
    const role = { role: 'HELP_DESK_ADMIN', principalKind: 'account', principal: one, assignment };
    await expectRefused('remove-role', role, 'assignment', 'through a group');
    const ofGroup = { ...role, principalKind: 'group', principal: group };
    expect(await acted.host.done('remove-role', ofGroup)).toMatchObject({ changed: true });
    expect(acted.org.administration.holdsRole({ kind: 'group', id: group })).toBe(false);
  });

  it('does not keep them from having the same role by themselves', async () => {
    const [group, one] = [acted.org.addGroup({ name: 'Help desk' }).id, acted.org.addUser().id];
    acted.org.grantRole({ kind: 'group', id: group }, { type: 'HELP_DESK_ADMIN' });
    acted.org.addMember(group, one);
    const input = { role: 'HELP_DESK_ADMIN', principalKind: 'account', principal: one };
    expect(await acted.host.done('assign-role', input)).toMatchObject({ changed: true });
  });
});

describe('states of an account', () => {
  const ALL: readonly UserStatus[] = [
    'STAGED',
    'PROVISIONED',
    'ACTIVE',
    'PASSWORD_EXPIRED',
    'RECOVERY',
    'LOCKED_OUT',
    'SUSPENDED',
    'DEPROVISIONED',
  ];
  /** From where Okta does it, and where it is so already. Source: Okta, "User lifecycle"; for the rest see the README. */
  const FROM: Readonly<Record<string, readonly [from: readonly UserStatus[], already: readonly UserStatus[]]>> = {
    'suspend-account': [['ACTIVE'], ['SUSPENDED']],
    'unsuspend-account': [['SUSPENDED'], ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT']],
    'deactivate-account': [ALL.filter((status) => status !== 'DEPROVISIONED'), ['DEPROVISIONED']],
    'expire-password': [['ACTIVE', 'RECOVERY', 'LOCKED_OUT'], ['PASSWORD_EXPIRED']],
    'reset-password': [['ACTIVE', 'PASSWORD_EXPIRED', 'LOCKED_OUT'], ['RECOVERY']],
    'unlock-account': [['LOCKED_OUT'], ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY']],
  };

  it.each(Object.keys(FROM))('%s: done, done already, or refused with the state', async (name) => {
    const [from, already] = FROM[name] ?? [[], []];
    for (const status of ALL) {
      const account = acted.org.addUser().id;
      if (status !== 'ACTIVE') acted.org.setStatus(account, status);
      acted.begin();
      if (from.includes(status))
        expect([status, await acted.host.done(name, { account })]).toMatchObject([status, { changed: true }]);
      else if (already.includes(status))
        expect([status, await acted.host.done(name, { account })]).toMatchObject([status, { changed: false }]);
      else await expectRefused(name, { account }, 'account', `is ${status}`);
    }
  });

  it('an account of a directory is unlocked there: what Okta says is passed on', async () => {
    const { id } = acted.org.addUser();
    acted.org.setStatus(id, 'LOCKED_OUT');
    const user = acted.org.directory.users.get(id);
    if (user !== undefined)
      acted.org.directory.users.set(id, { ...user, credentials: { provider: { type: 'ACTIVE_DIRECTORY', name: 'corp' } } });
    expect(await refusalOf(acted.host.act('unlock-account', { account: id }))).toMatchObject({
      kind: 'config',
      message: 'Okta refuses it: Unlock is not allowed for this user.',
    });
  });

  it('factors of a deactivated account stay: what Okta says is passed on', async () => {
    const { input, isDone } = acted.trial('remove-factor');
    acted.org.silently(() => {
      const [account = ''] = (input['authenticator'] ?? '').split('|');
      const user = acted.org.directory.users.get(account);
      if (user !== undefined) acted.org.directory.users.set(account, { ...user, status: 'DEPROVISIONED' });
    });
    expect(await refusalOf(acted.host.act('remove-factor', input))).toMatchObject({
      kind: 'config',
      message: expect.stringContaining("not allowed in the user's current status"),
    });
    expect(isDone()).toBe(false);
  });

  it('the only secret of an application stays: what Okta says is passed on', async () => {
    const { input } = acted.trial('deactivate-client-secret');
    const [app = '', secret = ''] = (input['clientSecret'] ?? '').split('|');
    for (const id of acted.org.list(`app-secrets/${app}`).keys())
      if (id !== secret) acted.org.setClientSecretStatus(app, id, 'INACTIVE');
    expect(await refusalOf(acted.host.act('deactivate-client-secret', input))).toMatchObject({
      kind: 'config',
      message: "Okta refuses it: You can't deactivate the only active client secret.",
    });
  });
});

const GATEWAYS = [{ type: 'RANGE', value: '203.0.113.7-203.0.113.7' }];

describe('addresses', () => {
  let zone: string;
  beforeEach(() => {
    const blocklist = {
      name: `Turned away ${acted.org.list('zones').size}`,
      type: 'IP',
      usage: 'BLOCKLIST',
      status: 'ACTIVE',
      system: false,
    };
    zone = acted.org.addZone({ ...blocklist, gateways: GATEWAYS }).id;
  });
  const gateways = (): unknown => acted.org.list('zones').get(zone)?.['gateways'];

  it.each([
    '0.0.0.0/0',
    '10.0.0.0/8',
    '203.0.113.0/23',
    '::/0',
    '2001:db8::/63',
    '',
    '   ',
    'example.com',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.7/33',
    '203.0.113.7/',
    '203.0.113.7/24/8',
    '203.0.113.7/-1',
    '203.0.113.7/1e1',
    '2001:db8::/129',
    '2001:db8:::1',
    'fe80::1%eth0',
    '203.0.113.7-203.0.113.9',
    '0x7f.1',
    '010.001.002.003',
    '203.0.113.7, 203.0.113.8',
  ])('%j is neither blocked nor unblocked', async (address) => {
    for (const name of ['block-address', 'unblock-address'])
      await expectRefused(name, { address, networkZone: zone }, 'address');
  });

  it.each([
    ['203.0.113.9', { type: 'RANGE', value: '203.0.113.9-203.0.113.9' }],
    [' 203.0.113.9 ', { type: 'RANGE', value: '203.0.113.9-203.0.113.9' }],
    ['203.0.112.0/24', { type: 'CIDR', value: '203.0.112.0/24' }],
    // What lies behind the size of a range says nothing.
    ['203.0.112.77/24', { type: 'CIDR', value: '203.0.112.0/24' }],
    ['203.0.112.77/32', { type: 'RANGE', value: '203.0.112.77-203.0.112.77' }],
    ['2001:DB8:0:0::1', { type: 'CIDR', value: '2001:db8::1/128' }],
    ['2001:db8:0:1:2::/64', { type: 'CIDR', value: '2001:db8:0:1::/64' }],
    ['2001:db8::1', { type: 'CIDR', value: '2001:db8::1/128' }],
    ['2001:db8::/64', { type: 'CIDR', value: '2001:db8::/64' }],
  ])('%j is added to what is there', async (address, gateway) => {
    expect(await acted.host.done('block-address', { address, networkZone: zone })).toMatchObject({ changed: true });
    expect(gateways()).toEqual([{ type: 'RANGE', value: '203.0.113.7-203.0.113.7' }, gateway]);
    expect(await acted.host.done('unblock-address', { address, networkZone: zone })).toMatchObject({ changed: true });
    expect(gateways()).toEqual([{ type: 'RANGE', value: '203.0.113.7-203.0.113.7' }]);
  });

  it('the last of a zone stays in it', async () => {
    await expectRefused('unblock-address', { address: '203.0.113.7', networkZone: zone }, 'address', 'last address');
  });

  it.each([
    ['Okta has made it', { system: true }],
    ['its proxies stay', { proxies: [{ type: 'CIDR', value: '192.0.2.1/32' }] }],
  ])('the last of a zone may go where %s', async (_, fields) => {
    acted.org.updateZone(zone, { ...fields, gateways: [] });
    const address = '203.0.113.9';
    const { undo } = await acted.host.plan('block-address', { address, networkZone: zone });
    expect(await acted.host.done('block-address', { address, networkZone: zone })).toMatchObject({ changed: true });
    expect(gateways()).toEqual([{ type: 'RANGE', value: '203.0.113.9-203.0.113.9' }]);
    expect(await acted.host.done(undo?.action ?? '', undo?.input ?? {})).toMatchObject({ changed: true });
    expect(gateways()).toEqual([]);
  });

  it('a zone that is off turns nobody away, and is not written into; what stands in it may go', async () => {
    acted.org.updateZone(zone, { status: 'INACTIVE', gateways: [...GATEWAYS, { type: 'CIDR', value: '192.0.2.0/24' }] });
    await expectRefused('block-address', { address: '203.0.113.9', networkZone: zone }, 'networkZone', 'is off');
    expect(await acted.host.done('unblock-address', { address: '203.0.113.7', networkZone: zone })).toMatchObject({
      changed: true,
    });
  });

  it('that are blocked may be our own, which is said', async () => {
    const { consequences } = await acted.host.plan('block-address', { address: '203.0.113.9', networkZone: zone });
    expect(consequences[0]).toContain('from 203.0.113.9, ');
    expect(consequences.join(' ')).toMatch(/requests of Castellan come from an address too/);
  });

  /** The same address, in the ways in which an administrator may have written it. */
  const WAYS = [
    ['203.0.113.9', 'CIDR', '203.0.113.9/32'],
    ['203.0.113.9/32', 'RANGE', '203.0.113.9-203.0.113.9'],
    ['203.0.113.0/24', 'CIDR', '203.0.113.5/24'],
    ['203.0.113.0/24', 'RANGE', '203.0.113.0-203.0.113.255'],
    ['2001:DB8:0::1', 'CIDR', '2001:db8::1/128'],
    ['2001:db8::/64', 'RANGE', '2001:db8::-2001:db8:0:0:ffff:ffff:ffff:ffff'],
  ] as const;

  it.each(WAYS)('%s is known by %s %s, too', async (address, type, value) => {
    const other = { type: 'CIDR', value: '192.0.2.0/24' };
    acted.org.updateZone(zone, { gateways: [other, { type, value }] });
    expect(await acted.host.done('block-address', { address, networkZone: zone })).toMatchObject({ changed: false });
    expect(await acted.host.done('unblock-address', { address, networkZone: zone })).toMatchObject({ changed: true });
    expect(gateways()).toEqual([other]);
    expect(await acted.host.done('unblock-address', { address, networkZone: zone })).toMatchObject({ changed: false });
  });

  it.each([
    ['203.0.113.9', '203.0.113.0/24'],
    ['203.0.113.9', '203.0.113.7-203.0.113.20'],
    ['203.0.113.0/25', '203.0.113.0/24'],
    ['2001:db8::1', '2001:db8::/32'],
  ])('%s in %s is blocked already, and cannot be unblocked alone', async (address, value) => {
    acted.org.updateZone(zone, {
      gateways: [
        { type: 'CIDR', value: '192.0.2.0/24' },
        { type: 'CIDR', value },
      ],
    });
    // It is said by what, and nothing takes that back.
    const plan = await acted.host.plan('block-address', { address, networkZone: zone });
    expect(plan).toMatchObject({ state: 'done', outcome: expect.stringContaining(`by ${value}`), undo: null });
    expect(await acted.host.done('block-address', { address, networkZone: zone })).toMatchObject({ changed: false });
    await expectRefused('unblock-address', { address, networkZone: zone }, 'address', value);
  });

  it('what is not understood of a zone stays in it', async () => {
    const odd = [{ type: 'CIDR', value: '192.0.2.0/24', note: 'office' }, { type: 'ASN', number: 64_496 }, 'text'];
    acted.org.updateZone(zone, { gateways: odd });
    expect(await acted.host.done('block-address', { address: '203.0.113.9', networkZone: zone })).toMatchObject({
      changed: true,
    });
    expect(gateways()).toEqual([...odd, { type: 'RANGE', value: '203.0.113.9-203.0.113.9' }]);
  });

  it('a zone that turns nobody away is left alone', async () => {
    const offices = acted.org.addZone({
      name: 'Offices',
      type: 'IP',
      usage: 'POLICY',
      status: 'ACTIVE',
      gateways: [{ type: 'CIDR', value: '192.0.2.0/24' }],
    }).id;
    const countries = acted.org.addZone({ name: 'Countries', type: 'DYNAMIC', usage: 'BLOCKLIST', status: 'ACTIVE' }).id;
    for (const networkZone of [offices, countries])
      await expectRefused('block-address', { address: '203.0.113.9', networkZone }, 'networkZone', 'no blocklist of addresses');
  });

  it('without a zone the first active blocklist is taken; where there is none, it is said how to make one', async () => {
    const others = [...acted.org.list('zones').values()];
    const first = others.find(({ usage, type, status }) => usage === 'BLOCKLIST' && type === 'IP' && status === 'ACTIVE');
    expect((await acted.host.plan('block-address', { address: '203.0.113.9' })).touches[0]?.key).toBe(first?.['id']);
    for (const { id, usage } of others) if (usage === 'BLOCKLIST') acted.org.updateZone(String(id), { status: 'INACTIVE' });
    await expectRefused(
      'block-address',
      { address: '203.0.113.9' },
      'networkZone',
      'no active blocklist',
      'Security > Networks',
    );
  });
});
