import { deviceOfSeveralPeople } from '../../src/checks/accounts/device-of-several-people.js';
import { programWithBroadConsent } from '../../src/checks/accounts/program-with-broad-consent.js';
import { serviceAccountSignsIn } from '../../src/checks/accounts/service-account-signs-in.js';
import { serviceAccountWithoutSecondFactor } from '../../src/checks/accounts/service-account-without-second-factor.js';
import { switchedOffDeviceStillEnrolled } from '../../src/checks/accounts/switched-off-device-still-enrolled.js';
import { tokenForProgramNotUsed } from '../../src/checks/accounts/token-for-program-not-used.js';
import { daysAgo } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

scenes(serviceAccountSignsIn, ({ names, passes, boundary, set }) => {
  const lately = { lastLoginAt: daysAgo(2) };
  names(
    'by what the provider says, by its name, by its type',
    (org) =>
      org
        .account('a', { ...lately, isHuman: false })
        .account('b', { ...lately, login: 'SVC-backup@example.com' })
        .account('c', { ...lately, userType: 'Service Account' }),
    { a: 'medium', b: 'low', c: 'low' },
  );
  passes('a word inside of another; a domain; not lately; suspended, switched off', (org) =>
    org
      .account('a', { ...lately, login: 'talbot@service.example.com' })
      .account('b', { isHuman: false, lastLoginAt: daysAgo(50) })
      .account('c', { ...lately, isHuman: false, status: 'suspended' })
      .account('d', { ...lately, isHuman: false, status: 'deprovisioned' })
      .account('e', { ...lately, login: null, displayName: 'Bot' })
      .account('f', { isHuman: false }),
  );
  boundary(
    '30 days, with a minute to go and a minute over',
    (org) =>
      org
        .account('a', { isHuman: false, lastLoginAt: daysAgo(30, -60_000) })
        .account('b', { isHuman: false, lastLoginAt: daysAgo(30) }),
    { a: 'medium' },
  );
  set(
    'a phrase is found as it is; what has no letters is in no name',
    { words: ['svc backup', '-'] },
    (org) =>
      org
        .account('a', { ...lately, login: 'svc-backup@example.com' })
        .account('b', { ...lately, login: 'svc-backups@example.com' })
        .account('c', { ...lately, login: '-x@example.com' }),
    { a: 'low' },
  );
  set(
    'another word, three days',
    { words: ['App'], days: 3 },
    (org) =>
      org
        .account('a', { ...lately, login: 'app.backup@example.com' })
        .account('b', { ...lately, login: 'svc@example.com' })
        .account('c', { isHuman: false, lastLoginAt: daysAgo(4) }),
    { a: 'low' },
  );
  passes('the account is gone', (org) =>
    org
      .account('zoe', lately)
      .account('a', { ...lately, isHuman: false })
      .gone('account', 'a'),
  );
});

scenes(serviceAccountWithoutSecondFactor, ({ names, passes, boundary }) => {
  const robot = { isHuman: false };
  names('a password alone', (org) => org.account('a', robot).account('b', { ...robot, status: 'suspended' }), {
    a: 'medium',
    b: 'low',
  });
  passes('with one; a person; never set up; signs in elsewhere; an administrator, who has a check of its own', (org) =>
    org
      .account('a', robot)
      .authenticator('a', 'webauthn')
      .account('b', { isHuman: true })
      .account('c', { ...robot, status: 'staged' })
      .account('d', { ...robot, credentialProvider: 'FEDERATION' })
      .superAdministrator('e', robot),
  );
  boundary(
    'a question is no second factor; nobody says what it is',
    (org) => org.account('a', robot).authenticator('a', 'question').account('b'),
    {
      a: 'medium',
    },
  );
  boundary(
    'the factor, the role or the account is gone, or the factor is not active; others have them',
    (org) =>
      org
        .account('a', robot)
        .authenticator('a', 'push')
        .gone('authenticator', 'a|push')
        .account('b', robot)
        .authenticator('b', 'push', { status: 'inactive' })
        .superAdministrator('c', robot)
        .gone('role_assignment', 'super|c')
        .account('d', robot)
        .gone('account', 'd')
        .superAdministrator('e', robot)
        .authenticator('e', 'push'),
    { a: 'medium', b: 'medium', c: 'medium' },
  );
});

scenes(tokenForProgramNotUsed, ({ names, passes, boundary, set }) => {
  const old = { createdAt: daysAgo(200) };
  names(
    'for long',
    (org) =>
      org
        .application('mail')
        .account('ana')
        .grant('ana', 'a', { ...old, application: 'mail' })
        .grant('ana', 'b', { ...old, expiresAt: daysAgo(-3) }),
    {
      'ana|a': 'medium',
      'ana|b': 'low',
    },
  );
  passes('renewed since; a consent; revoked, ended; of an account that is switched off', (org) =>
    org
      .account('ana')
      .grant('ana', 'a', { ...old, updatedAt: daysAgo(3) })
      .grant('ana', 'b', { ...old, type: 'consent' })
      .grant('ana', 'c', { ...old, status: 'revoked' })
      .grant('ana', 'd', { ...old, expiresAt: daysAgo(2) })
      .account('bo', { status: 'suspended' })
      .grant('bo', 'e', old),
  );
  boundary(
    '90 days, with a minute to go and a minute over',
    (org) =>
      org
        .account('ana')
        .grant('ana', 'a', { createdAt: daysAgo(90, -60_000) })
        .grant('ana', 'b', { createdAt: daysAgo(90) }),
    { 'ana|b': 'medium' },
  );
  set('30 days', { days: 30 }, (org) => org.account('ana').grant('ana', 'a', { createdAt: daysAgo(31) }), {
    'ana|a': 'medium',
  });
  passes('the grant or the account is gone', (org) =>
    org
      .account('ana')
      .grant('ana', 'a', old)
      .gone('token_grant', 'ana|a')
      .account('bo')
      .grant('bo', 'b', old)
      .gone('account', 'bo')
      .account('cy')
      .grant('cy', 'c', { createdAt: daysAgo(1) }),
  );
});

scenes(programWithBroadConsent, ({ names, passes, boundary, set }) => {
  const consent = (...scopes: readonly string[]) => ({ type: 'consent', scopes }) as const;
  names(
    'by a consent, by one that works without the person, by a token',
    (org) =>
      org
        .account('ana')
        .grant('ana', 'a', consent('acme.users.Manage', 'profile'))
        .grant('ana', 'b', consent('files.ReadWrite', 'offline_access'))
        .grant('ana', 'c', { type: 'refresh_token', scopes: ['full_access'] }),
    { 'ana|a': 'medium', 'ana|b': 'high', 'ana|c': 'high' },
  );
  passes('to read; revoked, ended; of an account that is switched off', (org) =>
    org
      .account('ana')
      .grant('ana', 'a', consent('openid', 'acme.users.read', 'offline_access'))
      .grant('ana', 'b', { ...consent('write'), status: 'revoked' })
      .grant('ana', 'c', { ...consent('write'), expiresAt: daysAgo(2) })
      .account('bo', { status: 'deprovisioned' })
      .grant('bo', 'd', consent('write')),
  );
  boundary(
    'a word that only looks like it',
    (org) => org.account('ana').grant('ana', 'a', consent('acme.manager.read', 'rewrite')),
    {},
  );
  set(
    'other words',
    { words: ['mail'] },
    (org) => org.account('ana').grant('ana', 'a', consent('mail.read')).grant('ana', 'b', consent('write')),
    {
      'ana|a': 'medium',
    },
  );
  passes('the grant or the account is gone', (org) =>
    org
      .account('ana')
      .grant('ana', 'a', consent('write'))
      .gone('token_grant', 'ana|a')
      .account('bo')
      .grant('bo', 'b', consent('write'))
      .gone('account', 'bo'),
  );
});

scenes(switchedOffDeviceStillEnrolled, ({ names, passes, boundary }) => {
  names(
    'switched off, or suspended',
    (org) =>
      org
        .account('ana')
        .device('ana', 'a', { status: 'inactive', managed: true })
        .device('ana', 'b', { status: 'suspended', managed: false }),
    { 'ana|a': 'low', 'ana|b': 'medium' },
  );
  passes('in use; of an account that is switched off', (org) =>
    org.account('ana').device('ana', 'a').account('bo', { status: 'deprovisioned' }).device('bo', 'b', { status: 'inactive' }),
  );
  boundary(
    'nobody says',
    (org) => org.account('ana').device('ana', 'a', { status: 'unknown' }).device('ana', 'b', { status: 'inactive' }),
    {
      'ana|b': 'low',
    },
  );
  passes('the device or the account is gone', (org) =>
    org
      .account('ana')
      .device('ana', 'a', { status: 'inactive' })
      .gone('account_device', 'ana|a')
      .account('bo')
      .device('bo', 'b', { status: 'inactive' })
      .gone('account', 'bo'),
  );
});

scenes(deviceOfSeveralPeople, ({ names, passes, boundary, set }) => {
  names(
    'each who has it',
    (org) =>
      org
        .account('ana')
        .account('bo')
        .device('ana', 'phone')
        .device('bo', 'phone')
        .device('ana', 'kiosk', { managed: true })
        .device('bo', 'kiosk', { managed: true }),
    { 'ana|phone': 'medium', 'bo|phone': 'medium', 'ana|kiosk': 'low', 'bo|kiosk': 'low' },
  );
  passes('of one person; the other account, or the device there, is off', (org) =>
    org
      .account('ana')
      .account('bo', { status: 'deprovisioned' })
      .account('cy')
      .device('ana', 'phone')
      .device('bo', 'phone')
      .device('cy', 'phone', { status: 'inactive' })
      .device('cy', 'other'),
  );
  boundary(
    'managed for one of them is not managed',
    (org) => org.account('ana').account('bo').device('ana', 'x', { managed: true }).device('bo', 'x', { managed: false }),
    { 'ana|x': 'medium', 'bo|x': 'medium' },
  );
  set('two are allowed', { most: 2 }, (org) => org.account('ana').account('bo').device('ana', 'x').device('bo', 'x'), {});
  passes('the other account is gone, or has it no more', (org) =>
    org
      .account('ana')
      .device('ana', 'x')
      .account('bo')
      .device('bo', 'x')
      .gone('account', 'bo')
      .account('cy')
      .device('cy', 'x')
      .gone('account_device', 'cy|x'),
  );
});
