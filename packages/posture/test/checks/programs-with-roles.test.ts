import { programWithRole } from '../../src/checks/administrators/program-with-role.js';
import { programWithRoleButNoScope } from '../../src/checks/administrators/program-with-role-but-no-scope.js';
import { programWithScopesButNoRole } from '../../src/checks/administrators/program-with-scopes-but-no-role.js';
import type { Organisation } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

const SERVICE = {
  type: 'service',
  grantTypes: ['client_credentials'],
  responseTypes: [],
  authentication: 'key',
  redirectUris: [],
  wildcardRedirects: null,
  boundTokens: null,
  proofKey: null,
} as const;
const robot = (org: Organisation, key: string): Organisation => org.application(key, { oauthClient: SERVICE });

scenes(programWithRole, ({ names, passes, boundary }) => {
  names(
    'any role; every right; only to look',
    (org) =>
      robot(robot(robot(org, 'a'), 'b'), 'c')
        .role('desk', ['reset_passwords'])
        .role('super', ['everything'])
        .role('auditor', ['read'])
        .holds('desk', 'a', 'client')
        .holds('auditor', 'a', 'client')
        .holds('super', 'b', 'client')
        .holds('auditor', 'c', 'client'),
    { a: 'high', b: 'critical', c: 'medium' },
  );
  passes('a program that is off; people', (org) =>
    org.superAdministrator('ana').application('off', { status: 'inactive' }).holds('super', 'off', 'client'),
  );
  boundary(
    'one that is not in the list of applications; a role of which nobody says what it can do',
    (org) =>
      robot(org, 'odd')
        .role('desk', ['reset_passwords'])
        .role('what', null)
        .holds('desk', 'unlisted', 'client')
        .holds('what', 'odd', 'client'),
    { unlisted: 'high', odd: 'high' },
  );
  passes('taken back; the program, or the role, is gone', (org) =>
    robot(robot(robot(org, 'a'), 'b'), 'c')
      .role('desk', ['reset_passwords'])
      .holds('desk', 'a', 'client')
      .gone('role_assignment', 'desk|a')
      .holds('desk', 'b', 'client')
      .gone('application', 'b')
      .role('old', [])
      .holds('old', 'c', 'client')
      .gone('role', 'old'),
  );
});

scenes(programWithRoleButNoScope, ({ names, passes, boundary }) => {
  names(
    'no scope at all',
    (org) =>
      robot(robot(org, 'a'), 'b')
        .role('desk', ['reset_passwords'])
        .role('super', ['everything'])
        .holds('desk', 'a', 'client')
        .holds('super', 'b', 'client'),
    { a: 'medium', b: 'high' },
  );
  passes('with a scope; off; without a role', (org) =>
    robot(robot(org, 'a'), 'c')
      .role('desk', ['reset_passwords'])
      .holds('desk', 'a', 'client')
      .appGrant('a', 'acme.users.read')
      .application('b', { status: 'inactive' })
      .holds('desk', 'b', 'client'),
  );
  boundary(
    'one scope, that was revoked',
    (org) =>
      robot(org, 'a').role('desk', []).holds('desk', 'a', 'client').appGrant('a', 'acme.users.read', { status: 'revoked' }),
    { a: 'medium' },
  );
  passes('taken back; the program, or the role, is gone; a person who is called as a program is', (org) =>
    robot(robot(robot(robot(org, 'a'), 'b'), 'c'), 'd')
      .role('desk', ['reset_passwords'])
      .holds('desk', 'a', 'client')
      .gone('role_assignment', 'desk|a')
      .holds('desk', 'b', 'client')
      .gone('application', 'b')
      .role('old', [])
      .holds('old', 'c', 'client')
      .gone('role', 'old')
      .holds('desk', 'd'),
  );
  boundary(
    'the scope is gone, or is of another program',
    (org) =>
      robot(robot(org, 'a'), 'b')
        .role('desk', [])
        .holds('desk', 'a', 'client')
        .appGrant('a', 'acme.users.read')
        .gone('app_grant', 'a|acme.users.read')
        .appGrant('b', 'acme.users.read'),
    { a: 'medium' },
  );
});

scenes(programWithScopesButNoRole, ({ names, passes, boundary }) => {
  names(
    'to read; to change',
    (org) =>
      robot(robot(org, 'a'), 'b')
        .appGrant('a', 'acme.users.read')
        .appGrant('b', 'acme.users.manage')
        .appGrant('b', 'acme.logs.read'),
    { a: 'low', b: 'medium' },
  );
  passes('with a role; off; a program that works for people; a scope that was revoked', (org) =>
    robot(robot(org, 'a'), 'd')
      .role('desk', [])
      .holds('desk', 'a', 'client')
      .appGrant('a', 'acme.users.read')
      .application('b', { oauthClient: SERVICE, status: 'inactive' })
      .appGrant('b', 'acme.users.read')
      .application('c', { oauthClient: { ...SERVICE, type: 'web' } })
      .appGrant('c', 'acme.users.read')
      .appGrant('d', 'acme.users.read', { status: 'revoked' }),
  );
  boundary('a word that only looks like one for changing', (org) => robot(org, 'a').appGrant('a', 'acme.managers.read'), {
    a: 'low',
  });
  passes('the scope is gone, or the program; a grant of nothing', (org) =>
    robot(robot(robot(org, 'a'), 'b'), 'c')
      .appGrant('a', 'acme.users.read')
      .gone('app_grant', 'a|acme.users.read')
      .appGrant('b', 'acme.users.read')
      .gone('application', 'b')
      .appGrant('c', '', { scope: null }),
  );
  boundary(
    'the role was taken back, is of another program, or of a person who is called as the program is',
    (org) =>
      robot(robot(robot(org, 'a'), 'b'), 'c')
        .role('desk', [])
        .holds('desk', 'a', 'client')
        .gone('role_assignment', 'desk|a')
        .holds('desk', 'b', 'client')
        .holds('desk', 'c')
        .appGrant('a', 'acme.users.read')
        .appGrant('c', 'acme.users.read'),
    { a: 'low', c: 'low' },
  );
});
