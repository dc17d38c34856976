import { customRoleOverEverything } from '../../src/checks/administrators/custom-role-over-everything.js';
import { roleGivenToAPerson } from '../../src/checks/administrators/role-given-to-a-person.js';
import { roleNotNarrowed } from '../../src/checks/administrators/role-not-narrowed.js';
import { roleWithoutEnd } from '../../src/checks/administrators/role-without-end.js';
import { daysAgo } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

scenes(roleGivenToAPerson, ({ names, passes, boundary }) => {
  names(
    'one or more',
    (org) =>
      org
        .superAdministrator('ana')
        .role('desk', ['reset_passwords'])
        .holds('desk', 'ana')
        .superAdministrator('bo', { status: 'suspended' }),
    { ana: 'low', bo: 'informational' },
  );
  passes('by a group; by a program; for a time; by a process; switched off', (org) =>
    org
      .role('super', ['everything'])
      .account('ana')
      .group('staff')
      .members('staff', 'ana')
      .holds('super', 'staff', 'group')
      .holds('super', 'robot', 'client')
      .account('bo')
      .holds('super', 'bo', 'account', { governed: true })
      .account('cy')
      .holds('super', 'cy', 'account', { expiresAt: daysAgo(-3) })
      .superAdministrator('dee', { status: 'deprovisioned' }),
  );
  boundary(
    'outside of a process, or nobody says',
    (org) => org.role('super', ['everything']).account('ana').holds('super', 'ana', 'account', { governed: false }),
    { ana: 'low' },
  );
  passes('taken back; the account, or the role, is gone; of a group that is called as an account is', (org) =>
    org
      .superAdministrator('ana')
      .gone('role_assignment', 'super|ana')
      .superAdministrator('bo')
      .gone('account', 'bo')
      .account('cy')
      .role('old', [])
      .holds('old', 'cy')
      .gone('role', 'old')
      .account('dee')
      .holds('super', 'dee', 'group'),
  );
});

scenes(roleNotNarrowed, ({ names, passes, boundary }) => {
  names(
    'of a person, a group, a program',
    (org) =>
      org
        .role('desk', ['reset_passwords', 'read'])
        .role('apps', ['manage_applications'], { overAdministrators: true })
        .account('ana')
        .holds('desk', 'ana')
        .group('staff')
        .holds('apps', 'staff', 'group')
        .account('bo', { status: 'suspended' })
        .holds('desk', 'bo')
        .application('robot')
        .holds('desk', 'robot', 'client'),
    { 'desk|ana': 'medium', 'apps|staff': 'high', 'desk|bo': 'low', 'desk|robot': 'medium' },
  );
  passes('narrowed; a role for everything, or for looking; of somebody who is switched off', (org) =>
    org
      .role('desk', ['reset_passwords'])
      .account('ana')
      .holds('desk', 'ana', 'account', { targetKind: 'group', target: 'branch' })
      .superAdministrator('bo')
      .role('auditor', ['read'])
      .holds('auditor', 'bo')
      .role('reader', ['read_client_secrets', 'read'])
      .holds('reader', 'bo')
      .account('off', { status: 'deprovisioned' })
      .holds('desk', 'off')
      .role('nothing', [])
      .holds('nothing', 'bo')
      .role('odd', null)
      .holds('odd', 'bo'),
  );
  names(
    'over applications, with the policies of their sign-on',
    (org) =>
      org
        .role('apps', ['manage_applications', 'read_client_secrets', 'manage_policies', 'read'])
        .account('ana')
        .holds('apps', 'ana'),
    { 'apps|ana': 'medium' },
  );
  boundary(
    'one more power, over what cannot be narrowed',
    (org) => org.role('mixed', ['reset_passwords', 'manage_policies']).account('ana').holds('mixed', 'ana'),
    {},
  );
  passes('taken back; the account, the group, the program, or the role, is gone', (org) =>
    org
      .role('desk', ['reset_passwords'])
      .account('ana')
      .holds('desk', 'ana')
      .gone('role_assignment', 'desk|ana')
      .account('bo')
      .holds('desk', 'bo')
      .gone('account', 'bo')
      .group('staff')
      .holds('desk', 'staff', 'group')
      .gone('group', 'staff')
      .application('robot')
      .holds('desk', 'robot', 'client')
      .gone('application', 'robot')
      .account('cy')
      .role('old', ['reset_passwords'])
      .holds('old', 'cy')
      .gone('role', 'old'),
  );
});

scenes(customRoleOverEverything, ({ names, passes, boundary }) => {
  const HERE = { builtIn: false };
  const SET = { targetKind: 'resource_set', target: 'set' } as const;
  names(
    'by a set that has all; without a set',
    (org) =>
      org
        .role('resetter', ['reset_passwords', 'read'], HERE)
        .holds('resetter', 'ana', 'account', SET)
        .resource('set', 'all', { resourceKind: 'account' })
        .role('apps', ['manage_applications'], { ...HERE, overAdministrators: true })
        .holds('apps', 'staff', 'group'),
    { resetter: 'high', apps: 'critical' },
  );
  names(
    'all groups, and all who are in groups',
    (org) =>
      org
        .role('adder', ['manage_memberships'], HERE)
        .holds('adder', 'ana', 'account', SET)
        .resource('set', 'groups', { resourceKind: 'group' })
        .role('resetter', ['reset_authenticators'], HERE)
        .holds('resetter', 'bo', 'account', { targetKind: 'resource_set', target: 'other' })
        .resource('other', 'members', { resourceKind: 'accounts_of_group' }),
    { adder: 'high', resetter: 'high' },
  );
  passes("the provider's own; harmless; of nobody; a set with some; all of something else", (org) =>
    org
      .role('desk', ['reset_passwords'])
      .holds('desk', 'ana')
      .role('looker', ['read', 'end_sessions'], HERE)
      .holds('looker', 'ana')
      .role('unused', ['manage_accounts'], HERE)
      .role('resetter', ['reset_passwords'], HERE)
      .holds('resetter', 'ana', 'account', SET)
      .resource('set', 'one', { resourceKind: 'account', resource: 'bo' })
      .resource('set', 'all', { resourceKind: 'application' }),
  );
  boundary(
    'all of anything is enough for who may do everything',
    (org) =>
      org
        .role('odd', ['manage_organisation'], HERE)
        .holds('odd', 'ana', 'account', SET)
        .resource('set', 'all', { resourceKind: 'device' })
        .role('none', ['manage_organisation'], HERE)
        .holds('none', 'ana', 'account', { targetKind: 'resource_set', target: 'empty' }),
    { odd: 'high' },
  );
  passes('taken back; the set, or the role, is gone; narrowed to a group that is called as a set is', (org) =>
    org
      .role('resetter', ['reset_passwords'], HERE)
      .holds('resetter', 'ana', 'account', SET)
      .resource('set', 'all', { resourceKind: 'account' })
      .gone('role_assignment', 'resetter|ana|set')
      .holds('resetter', 'bo', 'account', { targetKind: 'resource_set', target: 'other' })
      .resource('other', 'all', { resourceKind: 'account' })
      .gone('resource_set_member', 'other|all')
      .holds('resetter', 'cy', 'account', { targetKind: 'group', target: 'set' })
      .role('old', ['reset_passwords'], HERE)
      .holds('old', 'ana')
      .gone('role', 'old'),
  );
});

scenes(roleWithoutEnd, ({ names, passes, boundary }) => {
  const EVER = { governed: false };
  names(
    'of a person, of a group; narrowed to two, once',
    (org) =>
      org
        .superAdministrator('ana')
        .holds('super', 'ana', 'account', EVER)
        .role('desk', ['reset_passwords'])
        .group('staff')
        .holds('desk', 'staff', 'group', { ...EVER, targetKind: 'group', target: 'b' })
        .holds('desk', 'staff', 'group', { ...EVER, targetKind: 'group', target: 'a' })
        .account('bo', { status: 'suspended' })
        .holds('desk', 'bo', 'account', EVER),
    { 'super|ana': 'medium', 'desk|staff|a': 'low', 'desk|bo': 'informational' },
  );
  passes('by a process; of a program; switched off', (org) =>
    org
      .role('desk', ['reset_passwords'])
      .account('ana')
      .holds('desk', 'ana', 'account', { governed: true })
      .holds('desk', 'robot', 'client', EVER)
      .account('off', { status: 'deprovisioned' })
      .holds('desk', 'off', 'account', EVER),
  );
  boundary(
    'with an end; nobody says',
    (org) =>
      org
        .role('desk', ['reset_passwords'])
        .account('ana')
        .holds('desk', 'ana', 'account', { ...EVER, expiresAt: daysAgo(-3) })
        .account('bo')
        .holds('desk', 'bo')
        .account('cy')
        .holds('desk', 'cy', 'account', EVER),
    { 'desk|cy': 'low' },
  );
  passes('taken back; the account, the group, or the role, is gone', (org) =>
    org
      .role('desk', [])
      .account('ana')
      .holds('desk', 'ana', 'account', EVER)
      .gone('role_assignment', 'desk|ana')
      .account('bo')
      .holds('desk', 'bo', 'account', EVER)
      .gone('account', 'bo')
      .group('staff')
      .holds('desk', 'staff', 'group', EVER)
      .gone('group', 'staff')
      .account('cy')
      .role('old', [])
      .holds('old', 'cy', 'account', EVER)
      .gone('role', 'old')
      // Somebody of whom it is said at least.
      .account('dee')
      .holds('desk', 'dee', 'account', { governed: true }),
  );
});
