import { edgeKey, type OAuthClient } from '@castellan/connector-sdk';
import { programWithBroadScopes } from '../../src/checks/programs/program-with-broad-scopes.js';
import { programWithManyScopes } from '../../src/checks/programs/program-with-many-scopes.js';
import { programWithoutBoundTokens } from '../../src/checks/programs/program-without-bound-tokens.js';
import { type Build, scenes } from '../fixtures/scenes.js';

const client = (said: Partial<OAuthClient> = {}): OAuthClient => ({
  type: 'service',
  grantTypes: ['client_credentials'],
  responseTypes: [],
  authentication: 'key',
  redirectUris: [],
  wildcardRedirects: null,
  boundTokens: null,
  proofKey: null,
  ...said,
});

const roles: Build = (org) =>
  org.role('super', ['everything']).role('org', ['manage_organisation']).role('desk', ['reset_passwords']);

scenes(programWithBroadScopes, ({ names, passes, boundary, set }) => {
  names(
    'with no role, with a small one, with one by which it can become anybody',
    (org) =>
      roles(org)
        .application('a', { oauthClient: client() })
        .appGrant('a', 'acme.groups.manage')
        .holds('super', 'a', 'account')
        .role('old', ['everything'])
        .holds('old', 'a', 'client')
        .gone('role', 'old')
        .holds('org', 'a', 'client')
        .gone('role_assignment', edgeKey('org', 'a'))
        .application('b', { oauthClient: client() })
        .appGrant('b', 'acme.users.manage')
        .appGrant('b', 'acme.users.read')
        .holds('desk', 'b', 'client')
        .application('c', { oauthClient: client() })
        .appGrant('c', 'acme.roles.manage')
        .holds('org', 'c', 'client')
        .application('d', { oauthClient: client({ type: 'web' }) })
        .appGrant('d', 'ACME.Policies.Manage'),
    { a: 'medium', b: 'high', c: 'critical', d: 'high' },
  );
  passes('that only read; whose grant, or who, is off or gone', (org) =>
    roles(org)
      .application('y')
      .appGrant('y', 'acme.users.manage')
      .gone('app_grant', edgeKey('y', 'acme.users.manage'))
      .application('z')
      .appGrant('z', 'acme.users.manage')
      .gone('application', 'z')
      .application('a')
      .appGrant('a', 'acme.users.read')
      .application('b')
      .appGrant('b', 'acme.users.manage', { status: 'revoked' })
      .application('c', { status: 'inactive' })
      .appGrant('c', 'acme.users.manage'),
  );
  boundary(
    'a scope that ends alike, but not after a dot, or goes on',
    (org) => roles(org).application('a').appGrant('a', 'acme.superusers.manage').appGrant('a', 'acme.users.manage.self'),
    {},
  );
  boundary('the word itself', (org) => roles(org).application('a').appGrant('a', 'users.manage'), { a: 'high' });
  boundary(
    'a role that gives out roles, by which it can become anybody as well',
    (org) => org.role('giver', ['manage_roles']).application('a').appGrant('a', 'users.manage').holds('giver', 'a', 'client'),
    { a: 'critical' },
  );
  set(
    'other words',
    { scopes: ['Directory.ReadWrite.All'] },
    (org) =>
      roles(org).application('a').appGrant('a', 'acme.users.manage').application('b').appGrant('b', 'directory.readwrite.all'),
    { b: 'high' },
  );
});

/** `many` scopes for reading, as `app`. */
const reads =
  (app: string, many: number): Build =>
  (org) => {
    for (let n = 0; n < many; n++) org.appGrant(app, `acme.s${String(n).padStart(2, '0')}.read`);
    return org;
  };

scenes(programWithManyScopes, ({ names, passes, boundary, set }) => {
  names(
    'for reading only, or for more',
    (org) => {
      reads('a', 30)(org.application('a'));
      return reads('b', 25)(org.application('b')).appGrant('b', 'acme.users.manage');
    },
    { a: 'low', b: 'medium' },
  );
  passes('many that were taken back or are gone, or of one that is off or gone', (org) => {
    for (let n = 0; n < 30; n++) org.appGrant('c', `acme.g${n}.read`).gone('app_grant', edgeKey('c', `acme.g${n}.read`));
    reads('d', 30)(org.application('c').application('d').gone('application', 'd'));
    for (let n = 0; n < 30; n++) org.appGrant('a', `acme.r${n}.read`, { status: 'revoked' });
    return reads('b', 30)(reads('a', 5)(org.application('a')).application('b', { status: 'inactive' }));
  });
  boundary('twenty', (org) => reads('a', 20)(org.application('a')), {});
  boundary('twenty-one', (org) => reads('a', 21)(org.application('a')), { a: 'low' });
  set('three where two are allowed', { most: 2 }, (org) => reads('a', 3)(org.application('a')), { a: 'low' });
});

scenes(programWithoutBoundTokens, ({ names, passes, boundary, untold }) => {
  names(
    'without a role, with one, with one by which it can become anybody',
    (org) =>
      roles(org)
        .application('a', { oauthClient: client({ boundTokens: false }) })
        .holds('super', 'a', 'account')
        .role('old', ['everything'])
        .holds('old', 'a', 'client')
        .gone('role', 'old')
        .holds('org', 'a', 'client')
        .gone('role_assignment', edgeKey('org', 'a'))
        .application('b', { oauthClient: client({ boundTokens: false }) })
        .holds('desk', 'b', 'client')
        .application('c', { oauthClient: client({ boundTokens: false }) })
        .holds('super', 'c', 'client'),
    { a: 'low', b: 'medium', c: 'high' },
  );
  passes('bound ones, those of people, and programs that are off or gone', (org) =>
    roles(org)
      .application('z', { oauthClient: client({ boundTokens: false }) })
      .gone('application', 'z')
      .application('a', { oauthClient: client({ boundTokens: true }) })
      .application('b', { oauthClient: client({ type: 'web', boundTokens: false }) })
      .application('c', { oauthClient: client({ boundTokens: false }), status: 'inactive' })
      .application('d'),
  );
  boundary(
    'of one that gives out roles',
    (org) =>
      org
        .role('giver', ['manage_roles'])
        .application('a', { oauthClient: client({ boundTokens: false }) })
        .holds('giver', 'a', 'client'),
    { a: 'high' },
  );
  boundary(
    'of a server that people sign in to nobody says',
    (org) => roles(org).application('a', { oauthClient: client({ type: 'web' }) }),
    {},
  );
  untold('nobody says whether they are', (org) => roles(org).application('a', { oauthClient: client() }), [
    'application.oauthClient.boundTokens',
  ]);
});
