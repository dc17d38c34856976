import { GuardedOrg } from '../support/guarded-org.js';

let guarded: GuardedOrg;
beforeEach(async () => {
  guarded = await GuardedOrg.start();
});
afterEach(() => guarded.close());

const ofAccount = (application: string, principal: string) => ({ application, principalKind: 'account', principal });
const ofGroup = (application: string, principal: string) => ({ application, principalKind: 'group', principal });

describe('an application that a group gives, too', () => {
  it('is taken from the account itself, stays by the group, and both is said, however often it is asked', async () => {
    const { org, host } = guarded;
    const [app, user, group] = [org.addApp({ label: 'Ledger' }).id, org.addUser().id, org.addGroup({ name: 'Writers' }).id];
    org.addMember(group, user);
    org.assignUser(app, user);
    org.assignGroup(app, group);
    const input = ofAccount(app, user);
    const { fingerprint } = await host.plan('unassign-application', input);
    expect(await host.act('unassign-application', input, fingerprint)).toMatchObject({ changed: true });
    expect(org.applications.direct(app).has(user)).toBe(false);
    const byGroup = expect.stringMatching(/not assigned to Ledger by itself; a group gives it/);
    expect(await host.plan('unassign-application', input)).toMatchObject({
      state: 'done',
      calls: [],
      outcome: byGroup,
      undo: null,
    });
    expect(await host.act('unassign-application', input, fingerprint)).toMatchObject({ changed: false, message: byGroup });
  });
});

describe('what takes an assignment back', () => {
  it('gives an account its profile and its name in the application', async () => {
    const { org, host } = guarded;
    const [app, user] = [org.addApp({ label: 'Ledger' }).id, org.addUser().id];
    org.assignUser(app, user);
    org.updateAppUser(app, user, { profile: { role: 'auditor' }, credentials: { userName: 'ada.l' } });
    const plan = await host.plan('unassign-application', ofAccount(app, user));
    await host.done('unassign-application', ofAccount(app, user));
    await host.done(plan.undo?.action ?? '', plan.undo?.input ?? {});
    expect(org.applications.direct(app).get(user)).toMatchObject({
      scope: 'USER',
      profile: { role: 'auditor' },
      credentials: { userName: 'ada.l' },
    });
  });

  it('gives a group its priority', async () => {
    const { org, host } = guarded;
    const [app, group] = [org.addApp({ label: 'Ledger' }).id, org.addGroup({ name: 'Writers' }).id];
    org.assignGroup(app, group);
    org.updateGroupAssignment(app, group, { priority: 3, profile: { role: 'auditor' } });
    const plan = await host.plan('unassign-application', ofGroup(app, group));
    await host.done('unassign-application', ofGroup(app, group));
    await host.done(plan.undo?.action ?? '', plan.undo?.input ?? {});
    expect(org.applications.groups(app).get(group)).toMatchObject({ priority: 3, profile: { role: 'auditor' } });
  });

  it('is nothing where the profile is too long to be written again, and that is said', async () => {
    const { org, host } = guarded;
    const [app, user] = [org.addApp({ label: 'Ledger' }).id, org.addUser().id];
    org.assignUser(app, user);
    org.updateAppUser(app, user, { profile: { notes: 'x'.repeat(20_000) } });
    const plan = await host.plan('unassign-application', ofAccount(app, user));
    expect(plan).toMatchObject({ state: 'open', undo: null });
    expect(plan.consequences.join(' ')).toContain('too long');
  });
});

describe('to assign is not to change', () => {
  it('what is assigned with another profile or name', async () => {
    const { org, host } = guarded;
    const [app, user] = [org.addApp({ label: 'Ledger' }).id, org.addUser().id];
    org.assignUser(app, user);
    org.updateAppUser(app, user, { profile: { role: 'reader', region: 'north' }, credentials: { userName: 'ada.l' } });
    const input = ofAccount(app, user);
    const other = { ...input, profile: '{"role":"writer"}' };
    await guarded.expectRefused('assign-application', other, 'profile', /assigned to Ledger already, with another role/);
    await guarded.expectRefused('assign-application', { ...input, userName: 'bob' }, 'userName', /by another user name/);
    const same = { ...input, profile: '{"role":"reader"}', userName: 'ada.l' };
    expect(await host.plan('assign-application', same)).toMatchObject({ state: 'done', consequences: [] });
  });

  it('a group has no user name, an account no priority', async () => {
    const { org } = guarded;
    const [app, user, group] = [org.addApp({ label: 'Ledger' }).id, org.addUser().id, org.addGroup({ name: 'Writers' }).id];
    const named = { ...ofGroup(app, group), userName: 'bob' };
    await guarded.expectRefused('assign-application', named, 'userName', /for an account only/);
    await guarded.expectRefused('assign-application', { ...ofAccount(app, user), priority: 1 }, 'priority', /for a group only/);
  });
});
