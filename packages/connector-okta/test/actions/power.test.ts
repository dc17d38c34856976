import { connector } from '../../src/index.js';
import { GuardedOrg } from '../support/guarded-org.js';

let guarded: GuardedOrg;
beforeEach(async () => {
  guarded = await GuardedOrg.start();
});
afterEach(() => guarded.close());

describe('a group that makes its members administrators', () => {
  it.each(['SUPER_ADMIN', 'HELP_DESK_ADMIN'])(
    'takes nobody in (%s): that is asked of a second person as a role',
    async (type) => {
      const [group, member] = [guarded.org.addGroup({ name: 'Owners' }).id, guarded.org.addUser().id];
      guarded.org.grantRole({ kind: 'group', id: group }, { type });
      await guarded.expectRefused('add-to-group', { group, member }, 'group', new RegExp(`${type}.*assign-role`));
      expect(guarded.org.directory.members(group).has(member)).toBe(false);
    },
  );

  it('is left, is not entered again, and says so before', async () => {
    const [group, member] = [guarded.org.addGroup({ name: 'Help desk' }).id, guarded.org.addUser().id];
    guarded.org.addMember(group, member);
    guarded.org.grantRole({ kind: 'group', id: group }, { type: 'HELP_DESK_ADMIN' });
    const plan = await guarded.host.plan('remove-from-group', { group, member });
    expect(plan).toMatchObject({ state: 'open', undo: null });
    expect(plan.consequences.join(' ')).toMatch(/HELP_DESK_ADMIN.*does not put anybody back/);
  });

  it('is another one than somebody has agreed to, when it gives more', async () => {
    const [group, member] = [guarded.org.addGroup({ name: 'Help desk' }).id, guarded.org.addUser().id];
    guarded.org.addMember(group, member);
    guarded.org.grantRole({ kind: 'group', id: group }, { type: 'HELP_DESK_ADMIN' });
    const { fingerprint } = await guarded.host.plan('remove-from-group', { group, member });
    guarded.org.grantRole({ kind: 'group', id: group }, { type: 'ORG_ADMIN' });
    const { outdated } = await guarded.host.act('remove-from-group', { group, member }, fingerprint);
    expect(outdated).toMatchObject({ state: 'open' });
  });
});

describe('a group whose policy may deny', () => {
  it('takes in neither the last super administrator nor whose token we have', async () => {
    const group = guarded.org.addGroup({ name: 'Quarantine' }).id;
    const { host, owner } = await guarded.byToken();
    await guarded.expectRefused('add-to-group', { group, member: owner }, 'member', /No other Super Administrator/);
    const other = guarded.administrator();
    await guarded.expectRefused('add-to-group', { group, member: owner }, 'member', /Castellan itself/, host);
    // Now there are two, and by OAuth nothing hangs on the first.
    for (const member of [owner, other])
      expect(await guarded.host.plan('add-to-group', { group, member })).toMatchObject({ state: 'open' });
  });
});

describe('members that a rule fills in', () => {
  it('stay, but for those that the rule leaves out', async () => {
    const [group, one, other] = [
      guarded.org.addGroup({ name: 'Sales' }).id,
      guarded.org.addUser().id,
      guarded.org.addUser().id,
    ];
    const { id } = guarded.org.addRule('Sales people', 'user.department=="Sales"', [group]);
    for (const member of [one, other]) guarded.org.addMember(group, member);
    guarded.org.updateRule(id, { conditions: { people: { users: { exclude: [one] } } } });
    expect(await guarded.host.plan('remove-from-group', { group, member: one })).toMatchObject({ state: 'open' });
    await guarded.expectRefused('remove-from-group', { group, member: other }, 'group', /"Sales people".*may put/);
  });
});

test('what gives power to others is asked of a second person', () => {
  const effectOf = (name: string): string | undefined => connector.actions.find((one) => one.name === name)?.effect;
  // Whoever runs an identity provider signs in as anybody; whoever runs an application that gets passwords reads them.
  const one = ['activate-identity-provider', 'resume-password-push', 'assign-role', 'link-account'];
  // And whoever may do it alone gives it to themselves.
  for (const name of [...one, 'add-to-group', 'assign-application'])
    expect([name, effectOf(name)]).toEqual([name, 'destructive']);
});
