import { accountNeverUsed } from '../../src/checks/accounts/account-never-used.js';
import { accountStuck } from '../../src/checks/accounts/account-stuck.js';
import { programActsForGoneAccount } from '../../src/checks/accounts/program-acts-for-gone-account.js';
import { suspendedAccountKeepsAccess } from '../../src/checks/accounts/suspended-account-keeps-access.js';
import { switchedOffAccountKeepsAccess } from '../../src/checks/accounts/switched-off-account-keeps-access.js';
import { daysAgo } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

const OFF = { status: 'deprovisioned' } as const;

scenes(switchedOffAccountKeepsAccess, ({ names, passes, boundary }) => {
  names(
    'applications; a role of its own; a role by a group',
    (org) =>
      org
        .application('crm')
        .account('ana', OFF)
        .assigned('crm', 'ana')
        .superAdministrator('bo', OFF)
        .account('cy', OFF)
        .assigned('crm', 'cy', 'account', { providerStatus: 'ACTIVE' })
        .group('staff')
        .members('staff', 'cy')
        .role('desk', ['reset_passwords'])
        .holds('desk', 'staff', 'group'),
    { ana: 'high', bo: 'critical', cy: 'critical' },
  );
  passes('an account in use; a group that gives nothing; an application that is off; an assignment that has ended', (org) =>
    org
      .application('crm')
      .account('ana')
      .assigned('crm', 'ana')
      .superAdministrator('bo')
      .account('cy', OFF)
      .group('plain')
      .members('plain', 'cy')
      .application('off', { status: 'inactive' })
      .assigned('off', 'cy')
      .assigned('crm', 'cy', 'account', { providerStatus: 'DEPROVISIONED' })
      .account('dee', { status: 'suspended' })
      .assigned('crm', 'dee')
      // A group may be called as an account is.
      .assigned('crm', 'cy2', 'group')
      .account('cy2', OFF),
  );
  boundary(
    'nothing is left, and one thing is',
    (org) => org.application('crm').account('ana', OFF).account('bo', OFF).assigned('crm', 'bo'),
    {
      bo: 'high',
    },
  );
  passes('the assignment, the application, the role or the account is gone', (org) =>
    org
      .application('crm')
      .application('old')
      .account('ana', OFF)
      .assigned('crm', 'ana')
      .gone('app_assignment', 'crm|ana')
      .account('bo', OFF)
      .assigned('old', 'bo')
      .gone('application', 'old')
      .superAdministrator('cy', OFF)
      .gone('role_assignment', 'super|cy')
      .account('dee', OFF)
      .assigned('crm', 'dee')
      .gone('account', 'dee'),
  );
});

scenes(suspendedAccountKeepsAccess, ({ names, passes, boundary, set }) => {
  const suspended = (days: number) => ({ status: 'suspended', statusChangedAt: daysAgo(days) }) as const;
  names(
    'for long',
    (org) =>
      org.application('crm').account('ana', suspended(60)).assigned('crm', 'ana').superAdministrator('bo', suspended(60)),
    { ana: 'medium', bo: 'high' },
  );
  passes('with nothing left; not suspended; nobody knows since when', (org) =>
    org
      .application('crm')
      .account('ana', suspended(60))
      .account('bo', { statusChangedAt: daysAgo(60) })
      .assigned('crm', 'bo')
      .account('cy', { status: 'suspended' })
      .assigned('crm', 'cy')
      .account('dee', { ...OFF, statusChangedAt: daysAgo(60) })
      .assigned('crm', 'dee'),
  );
  boundary(
    '30 days, with a minute to go and a minute over',
    (org) =>
      org
        .application('crm')
        .account('ana', { status: 'suspended', statusChangedAt: daysAgo(30, -60_000) })
        .assigned('crm', 'ana')
        .account('bo', suspended(30))
        .assigned('crm', 'bo'),
    { bo: 'medium' },
  );
  set('a week', { days: 7 }, (org) => org.application('crm').account('ana', suspended(8)).assigned('crm', 'ana'), {
    ana: 'medium',
  });
  passes('the assignment or the account is gone', (org) =>
    org
      .application('crm')
      .account('ana', suspended(60))
      .assigned('crm', 'ana')
      .gone('app_assignment', 'crm|ana')
      .account('bo', suspended(60))
      .assigned('crm', 'bo')
      .gone('account', 'bo')
      .account('cy', { statusChangedAt: daysAgo(1) }),
  );
});

scenes(programActsForGoneAccount, ({ names, passes, boundary }) => {
  names(
    'by a token; by a consent alone; by both',
    (org) =>
      org
        .application('mail')
        .account('ana', OFF)
        .grant('ana', 'a', { application: 'mail' })
        .account('bo', { status: 'suspended' })
        .grant('bo', 'b', { type: 'consent' })
        .account('cy', OFF)
        .grant('cy', 'c', { type: 'consent' })
        .grant('cy', 'd', { type: 'refresh_token' }),
    { ana: 'high', bo: 'medium', cy: 'high' },
  );
  passes('in use; revoked', (org) =>
    org.account('ana').grant('ana', 'a').account('bo', OFF).grant('bo', 'b', { status: 'revoked' }),
  );
  boundary(
    'one that ends tomorrow, and one that has ended',
    (org) =>
      org
        .account('ana', OFF)
        .grant('ana', 'a', { expiresAt: daysAgo(-1) })
        .account('bo', OFF)
        .grant('bo', 'b', { expiresAt: daysAgo(0) }),
    { ana: 'high' },
  );
  passes('the grant or the account is gone', (org) =>
    org
      .account('ana', OFF)
      .grant('ana', 'a')
      .gone('token_grant', 'ana|a')
      .account('bo', OFF)
      .grant('bo', 'b')
      .gone('account', 'bo'),
  );
});

scenes(accountNeverUsed, ({ names, passes, boundary, set }) => {
  // Somebody who has come, so that it is known that the provider says it.
  const came = { activatedAt: daysAgo(400), lastLoginAt: daysAgo(1) };
  names(
    'switched on long ago',
    (org) =>
      org
        .account('zoe', came)
        .account('ana', { activatedAt: daysAgo(50) })
        .account('bo', { activatedAt: daysAgo(50), status: 'suspended' }),
    { ana: 'medium', bo: 'low' },
  );
  passes('came once; of a program; waits for its owner; switched off; nobody knows since when', (org) =>
    org
      .account('zoe', came)
      .account('robot', { activatedAt: daysAgo(50), isHuman: false })
      .account('busy', { activatedAt: daysAgo(50) })
      .used('administration', 'busy', daysAgo(5))
      .account('bo', { activatedAt: daysAgo(50), status: 'provisioned' })
      .account('cy', { activatedAt: daysAgo(50), status: 'staged' })
      .account('dee', { activatedAt: daysAgo(50), status: 'deprovisioned' })
      .account('eve'),
  );
  boundary(
    '14 days, with a minute to go and a minute over',
    (org) =>
      org
        .account('zoe', came)
        .account('ana', { activatedAt: daysAgo(14, -60_000) })
        .account('bo', { activatedAt: daysAgo(14) }),
    { bo: 'medium' },
  );
  set('three days', { days: 3 }, (org) => org.account('zoe', came).account('ana', { activatedAt: daysAgo(4) }), {
    ana: 'medium',
  });
  passes('the account is gone', (org) =>
    org
      .account('zoe', came)
      .account('ana', { activatedAt: daysAgo(50) })
      .gone('account', 'ana'),
  );
});

scenes(accountStuck, ({ names, passes, boundary, set }) => {
  const since = { statusChangedAt: daysAgo(60) };
  names(
    'in each of these states',
    (org) =>
      org
        .account('a', { ...since, status: 'staged' })
        .account('b', { ...since, status: 'provisioned' })
        .account('c', { ...since, status: 'recovery' })
        .account('d', { ...since, status: 'password_expired' })
        .account('e', { ...since, status: 'locked' }),
    { a: 'low', b: 'medium', c: 'medium', d: 'low', e: 'low' },
  );
  passes('in use, suspended, switched off; nobody knows since when', (org) =>
    org
      .account('a', since)
      .account('b', { ...since, status: 'suspended' })
      .account('c', { ...since, status: 'deprovisioned' })
      .account('d', { ...since, status: 'unknown' })
      .account('e', { status: 'locked' }),
  );
  boundary(
    '30 days, with a minute to go and a minute over',
    (org) =>
      org
        .account('a', { status: 'locked', statusChangedAt: daysAgo(30, -60_000) })
        .account('b', { status: 'locked', statusChangedAt: daysAgo(30) }),
    { b: 'low' },
  );
  set('two days', { days: 2 }, (org) => org.account('a', { status: 'locked', statusChangedAt: daysAgo(3) }), { a: 'low' });
  passes('the account is gone', (org) =>
    org
      .account('zoe', since)
      .account('a', { ...since, status: 'locked' })
      .gone('account', 'a'),
  );
});
