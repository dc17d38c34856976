import { accountWithAWayToTierZero } from '../../src/checks/administrators/account-with-a-way-to-tier-zero.js';
import { applicationWithAWayToTierZero } from '../../src/checks/applications/application-with-a-way-to-tier-zero.js';
import { programWithAWayToTierZero } from '../../src/checks/programs/program-with-a-way-to-tier-zero.js';
import type { Organisation } from '../fixtures/organisation.js';
import { evidenceOf, look, scenes, written } from '../fixtures/scenes.js';

/** A super administrator, and a group of them. */
const guarded = (org: Organisation): Organisation =>
  org.superAdministrator('root').group('admins').holds('super', 'admins', 'group');
const desk = (org: Organisation): Organisation =>
  org.role('desk', ['reset_passwords', 'reset_authenticators'], { overAdministrators: false });

scenes(accountWithAWayToTierZero, ({ names, passes, boundary }) => {
  names(
    'who owns the group, and who can reset the password of that one',
    (org) => desk(guarded(org)).account('lead').owner('admins', 'lead').account('help').holds('desk', 'help'),
    {
      lead: 'critical',
      help: 'high',
    },
  );
  passes('a help desk that can touch nobody who matters, and super administrators themselves', (org) =>
    desk(guarded(org)).account('help').holds('desk', 'help').account('someone').members('admins', 'root'),
  );
  boundary(
    'whose role is over administrators too',
    (org) => guarded(org).role('desk', ['reset_passwords'], { overAdministrators: true }).account('help').holds('desk', 'help'),
    { help: 'high' },
  );
  boundary(
    'an owner of a group that has no role',
    (org) => guarded(org).group('club').account('lead').owner('club', 'lead'),
    {},
  );
  boundary(
    'an owner who is switched off, and who could set the password of that one',
    (org) =>
      desk(guarded(org))
        .account('lead', { status: 'deprovisioned' })
        .owner('admins', 'lead')
        .account('help')
        .holds('desk', 'help'),
    {},
  );
  boundary(
    'an owner who is suspended, and can come back',
    (org) => guarded(org).account('lead', { status: 'suspended' }).owner('admins', 'lead'),
    { lead: 'critical' },
  );
  test('evidence says each step: who, what, to whom, by which role', async () => {
    const org = await written((one) =>
      desk(guarded(one))
        .group('admins', { name: 'Administrators' })
        .account('lead', { displayName: 'Leo Lead' })
        .owner('admins', 'lead')
        .account('help', { displayName: 'Hana Help' })
        .holds('desk', 'help'),
    );
    await look(accountWithAWayToTierZero, org);
    const hana = { kind: 'account', key: 'help', label: 'Hana Help' };
    const leo = { kind: 'account', key: 'lead', label: 'Leo Lead' };
    const admins = { kind: 'group', key: 'admins', label: 'Administrators' };
    const owns = { step: 'owns_group', from: leo, to: admins, because: null };
    expect(await evidenceOf(org, accountWithAWayToTierZero, 'help')).toEqual({
      login: 'help@example.com',
      steps: [{ step: 'resets_password', from: hana, to: leo, because: 'desk' }, owns],
      distance: 2,
      hasRole: true,
    });
    expect(await evidenceOf(org, accountWithAWayToTierZero, 'lead')).toMatchObject({ steps: [owns], distance: 1 });
  });
});

scenes(programWithAWayToTierZero, ({ names, passes, boundary }) => {
  const robot = (org: Organisation, over: boolean): Organisation =>
    guarded(org)
      .application('robot')
      .role('groups', ['manage_memberships'], { overAdministrators: over })
      .holds('groups', 'robot', 'client');
  names('that fills any group', (org) => robot(org, true), { robot: 'critical' });
  passes('that fills groups without a role', (org) => robot(org, false));
  boundary('that is switched off', (org) => robot(org, true).application('robot', { status: 'inactive' }), {});
  boundary(
    'that has the rights over everything already: not a way, but a role',
    (org) => guarded(org).application('robot').holds('super', 'robot', 'client'),
    {},
  );
});

scenes(applicationWithAWayToTierZero, ({ names, passes, boundary }) => {
  names(
    'that masters a group of administrators, or is sent the password of one',
    (org) =>
      guarded(org)
        .application('directory')
        .group('admins', { origin: 'app', sourceApplication: 'directory' })
        .application('wiki')
        .provisioning('wiki', { password: 'own' })
        .assigned('wiki', 'root'),
    { directory: 'high', wiki: 'high' },
  );
  passes('whose groups have no role, and whose passwords are of others', (org) =>
    guarded(org)
      .application('directory')
      .group('club', { origin: 'app', sourceApplication: 'directory' })
      .application('wiki')
      .provisioning('wiki', { password: 'own' })
      .account('ana')
      .assigned('wiki', 'ana'),
  );
  test('evidence names it, and what has no name by its key', async () => {
    const org = await written((one) =>
      one
        .superAdministrator('root')
        .application('hr', { label: 'Staff' })
        .group('admins', { name: null, origin: 'app', sourceApplication: 'hr' })
        .holds('super', 'admins', 'group'),
    );
    await look(applicationWithAWayToTierZero, org);
    const hr = { kind: 'application', key: 'hr', label: 'Staff' };
    const admins = { kind: 'group', key: 'admins', label: 'admins' };
    expect(await evidenceOf(org, applicationWithAWayToTierZero, 'hr')).toMatchObject({
      steps: [{ step: 'masters_group', from: hr, to: admins, because: null }],
    });
  });
  boundary(
    'that is sent random passwords',
    (org) => guarded(org).application('wiki').provisioning('wiki', { password: 'random' }).assigned('wiki', 'root'),
    {},
  );
});
