import { roleOnGroupFilledAutomatically } from '../../src/checks/administrators/role-on-group-filled-automatically.js';
import { roleOnGroupOwnedByOthers } from '../../src/checks/administrators/role-on-group-owned-by-others.js';
import { roleOnLargeGroup } from '../../src/checks/administrators/role-on-large-group.js';
import type { Organisation } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

/** Groups with roles: `desk` may reset passwords, `root` may do everything. */
const withRoles = (org: Organisation): Organisation =>
  org
    .role('desk', ['reset_passwords'])
    .role('super', ['everything'])
    .group('desk')
    .holds('desk', 'desk', 'group')
    .group('root')
    .holds('super', 'root', 'group');

scenes(roleOnGroupFilledAutomatically, ({ names, passes, boundary }) => {
  names(
    'by a rule; by another system; one inside of it',
    (org) =>
      withRoles(org)
        .rule('all of sales', { targetGroups: ['plain', 'desk'] })
        .group('root', { origin: 'app', sourceApplication: 'directory' })
        .group('inner', { origin: 'app' })
        .nested('desk', 'inner'),
    { desk: 'high', root: 'critical', inner: 'high' },
  );
  passes('a rule that is off; a group without a role; one that is made here', (org) =>
    withRoles(org)
      .rule('off', { targetGroups: ['desk'], status: 'inactive' })
      .group('plain', { origin: 'app' })
      .rule('on', { targetGroups: ['plain'] }),
  );
  boundary(
    'a role that is given to one person does not make the group one of administrators',
    (org) =>
      org
        .superAdministrator('ana')
        .group('plain', { origin: 'app' })
        .members('plain', 'ana')
        .group('builtin', { origin: 'builtin' })
        .holds('super', 'builtin', 'group'),
    {},
  );
  passes('the rule is gone; the group is gone; the role is gone', (org) =>
    withRoles(org)
      .rule('r', { targetGroups: ['desk'] })
      .gone('group_rule', 'r')
      .group('root', { origin: 'app' })
      .gone('group', 'root')
      .role('old', ['everything'])
      .group('plain', { origin: 'app' })
      .holds('old', 'plain', 'group')
      .gone('role', 'old'),
  );
});

scenes(roleOnGroupOwnedByOthers, ({ names, passes, boundary }) => {
  names(
    'by somebody without a role, or by a group of such',
    (org) =>
      withRoles(org)
        .account('ana')
        .owner('desk', 'ana')
        .group('staff')
        .owner('root', 'staff', 'group')
        .account('bo')
        .owner('root', 'bo'),
    { desk: 'high', root: 'critical' },
  );
  names(
    'the group inside of it',
    (org) => withRoles(org).group('inner').nested('root', 'inner').account('ana').owner('inner', 'ana'),
    { inner: 'critical' },
  );
  passes('by an administrator, by a group with a role, by an account that is off, or of a group without a role', (org) =>
    withRoles(org)
      .account('ana')
      .members('desk', 'ana')
      .owner('root', 'ana')
      .owner('root', 'desk', 'group')
      .account('off', { status: 'deprovisioned' })
      .owner('desk', 'off')
      .group('plain')
      .account('bo')
      .owner('plain', 'bo'),
  );
  boundary(
    'by an account that is suspended',
    (org) => withRoles(org).account('ana', { status: 'suspended' }).owner('desk', 'ana'),
    {
      desk: 'high',
    },
  );
  passes('the owner is gone, or no owner any more; the group, or the role, is gone', (org) =>
    withRoles(org)
      .account('ana')
      .owner('desk', 'ana')
      .gone('group_owner', 'desk|ana')
      .account('bo')
      .owner('desk', 'bo')
      .gone('account', 'bo')
      .group('staff')
      .owner('desk', 'staff', 'group')
      .gone('group', 'staff')
      .group('crew')
      .owner('desk', 'crew', 'group')
      .gone('group_owner', 'desk|crew')
      .account('cy')
      .owner('root', 'cy')
      .gone('group', 'root')
      .role('old', ['everything'])
      .group('plain')
      .holds('old', 'plain', 'group')
      .owner('plain', 'cy')
      .gone('role', 'old'),
  );
  boundary(
    'one owner has a role, the other has none',
    (org) =>
      withRoles(org)
        .account('ana')
        .members('desk', 'ana')
        .owner('desk', 'ana')
        .owner('root', 'desk', 'group')
        .account('bo')
        .owner('desk', 'bo')
        .group('staff')
        .owner('root', 'staff', 'group'),
    { desk: 'high', root: 'critical' },
  );
});

scenes(roleOnLargeGroup, ({ names, passes, boundary, set }) => {
  const fill = (org: Organisation, group: string, many: number, prefix = group): Organisation =>
    org.members(group, ...Array.from({ length: many }, (_, n) => `${prefix}${n}`));
  names(
    'with many members; those of inner groups count, once',
    (org) => {
      withRoles(org)
        .role('auditor', ['read'])
        .group('look')
        .holds('auditor', 'look', 'group')
        .group('inner')
        .nested('root', 'inner');
      return fill(fill(fill(fill(org, 'desk', 60), 'look', 70), 'root', 30), 'inner', 30);
    },
    { desk: 'high', look: 'medium', root: 'critical' },
  );
  passes('many members without a role; the same people twice', (org) => {
    withRoles(org).group('plain').group('inner').nested('desk', 'inner');
    return fill(fill(fill(org, 'plain', 90), 'desk', 40), 'inner', 40, 'desk');
  });
  boundary('fifty, and fifty-one', (org) => fill(fill(withRoles(org), 'desk', 50), 'root', 51), { root: 'critical' });
  names(
    'a role of which nobody says what it can do is no role for looking',
    (org) =>
      fill(
        org.role('odd', null).role('auditor', ['read']).group('g').holds('odd', 'g', 'group').holds('auditor', 'g', 'group'),
        'g',
        60,
      ),
    { g: 'high' },
  );
  set('three', { most: 3 }, (org) => fill(withRoles(org), 'desk', 4), { desk: 'high' });
  passes('the role is gone, or not given any more; the group is gone', (org) => {
    fill(
      fill(fill(withRoles(org), 'desk', 60), 'root', 60)
        .group('third')
        .role('old', [])
        .holds('old', 'third', 'group'),
      'third',
      60,
    );
    return org.gone('role_assignment', 'desk|desk').gone('group', 'root').gone('role', 'old');
  });
});
