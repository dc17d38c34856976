import { applicationKeepsThoseWhoLeave } from '../../src/checks/applications/application-keeps-those-who-leave.js';
import { applicationNotUsed } from '../../src/checks/applications/application-not-used.js';
import { applicationSwitchedOff } from '../../src/checks/applications/application-switched-off.js';
import { keyAboutToExpire } from '../../src/checks/applications/key-about-to-expire.js';
import { oldClientSecret } from '../../src/checks/applications/old-client-secret.js';
import { severalClientSecrets } from '../../src/checks/applications/several-client-secrets.js';
import { daysAgo } from '../fixtures/organisation.js';
import { type Build, evidenceOf, look, scenes, written } from '../fixtures/scenes.js';

const OFF = { status: 'inactive' } as const;

scenes(keyAboutToExpire, ({ names, passes, boundary, set, gone }) => {
  names(
    'soon, and long ago',
    (org) =>
      org
        .application('a')
        .credential('a', '1', { type: 'signing_certificate', expiresAt: daysAgo(-10) })
        .credential('a', '2', { type: 'public_key', expiresAt: daysAgo(10) })
        .secret('a', '3', { expiresAt: daysAgo(-10) }),
    { 'a|1': 'medium', 'a|2': 'high' },
  );
  passes('later, or never; switched off; nobody knows whether it is in use', (org) =>
    org
      .application('a')
      .credential('a', '1', { expiresAt: daysAgo(-100) })
      .credential('a', '2')
      .credential('a', '3', { expiresAt: daysAgo(-1), ...OFF })
      .credential('a', '4', { expiresAt: daysAgo(-1), status: 'unknown' })
      .application('b', OFF)
      .credential('b', '1', { expiresAt: daysAgo(-1) }),
  );
  boundary('thirty days but a minute', (org) => org.application('a').credential('a', '1', { expiresAt: daysAgo(-30) }), {
    'a|1': 'medium',
  });
  boundary(
    'thirty days and a minute',
    (org) => org.application('a').credential('a', '1', { expiresAt: daysAgo(-30, -60_000) }),
    {},
  );
  set('a year', { days: 365 }, (org) => org.application('a').credential('a', '1', { expiresAt: daysAgo(-300) }), {
    'a|1': 'medium',
  });
  gone('app_credential', {});
  gone('application', {});
});

scenes(oldClientSecret, ({ names, passes, boundary, set, gone }) => {
  const old = { createdAt: daysAgo(400) };
  names(
    'of any, of one that opens much, of one with a role by its key or its client id',
    (org) =>
      org
        .application('menu')
        .secret('menu', '1', old)
        .application('vault')
        .secret('vault', '1', old)
        .application('robot', { clientId: 'r1' })
        .secret('robot', '1', old)
        .holds('super', 'r1', 'client')
        .application('bot')
        .secret('bot', '1', old)
        .holds('super', 'bot', 'client'),
    { 'menu|1': 'medium', 'vault|1': 'high', 'robot|1': 'high', 'bot|1': 'high' },
  );
  passes('new; no secret; switched off', (org) =>
    org
      .application('a')
      .secret('a', '1', { createdAt: daysAgo(5) })
      .credential('a', '2', old)
      .secret('a', '3', { ...old, ...OFF })
      .secret('a', '4')
      .application('b', OFF)
      .secret('b', '1', old),
  );
  boundary('180 days and a minute', (org) => org.application('a').secret('a', '1', { createdAt: daysAgo(180) }), {
    'a|1': 'medium',
  });
  boundary('180 days but a minute', (org) => org.application('a').secret('a', '1', { createdAt: daysAgo(180, -60_000) }), {});
  boundary(
    'an account with a role is no program',
    (org) => org.application('a').secret('a', '1', old).holds('super', 'a', 'account'),
    { 'a|1': 'medium' },
  );
  set('ten days', { days: 10 }, (org) => org.application('a').secret('a', '1', { createdAt: daysAgo(11) }), {
    'a|1': 'medium',
  });
  set('other words', { sensitive: ['menu'] }, (org) => org.application('menu').secret('menu', '1', old), {
    'menu|1': 'high',
  });
  gone('client_secret', {});
  gone('application', {});
  gone('role_assignment', { 'menu|1': 'medium', 'vault|1': 'high', 'robot|1': 'medium', 'bot|1': 'medium' });
});

scenes(severalClientSecrets, ({ names, passes, boundary, set, gone }) => {
  const two =
    (newest: string, said: object = {}): Build =>
    (org) =>
      org
        .application('a')
        .secret('a', '1', { createdAt: daysAgo(400) })
        .secret('a', '2', { createdAt: newest, ...said });
  names('for a month', two(daysAgo(31)), { a: 'medium' });
  passes('one of them is off, or a key; the application is off; one alone', (org) =>
    two(
      daysAgo(31),
      OFF,
    )(org)
      .credential('a', '3', { createdAt: daysAgo(50) })
      .application('b', OFF)
      .secret('b', '1', { createdAt: daysAgo(50) })
      .secret('b', '2', { createdAt: daysAgo(50) })
      .application('c')
      .secret('c', '1', { createdAt: daysAgo(50) }),
  );
  boundary('fourteen days and a minute', two(daysAgo(14)), { a: 'medium' });
  boundary('fourteen days but a minute', two(daysAgo(14, -60_000)), {});
  set('sixty days', { days: 60 }, two(daysAgo(50)), {});
  gone('client_secret', {});
  gone('application', {});
  test('evidence says how many', async () => {
    const org = await written(two(daysAgo(31)));
    await look(severalClientSecrets, org);
    expect(await evidenceOf(org, severalClientSecrets, 'a')).toMatchObject({ label: 'a', secrets: 2 });
  });
});

scenes(applicationSwitchedOff, ({ names, passes, boundary, set, gone }) => {
  const off = { ...OFF, updatedAt: daysAgo(100) };
  names('with and without assignments', (org) => org.application('a', off).assigned('a', 'ana').application('b', off), {
    a: 'low',
    b: 'informational',
  });
  passes('on; off since yesterday; deleted', (org) =>
    org
      .application('a', { updatedAt: daysAgo(100) })
      .application('b', { ...OFF, updatedAt: daysAgo(1) })
      .application('c', { status: 'deleted', updatedAt: daysAgo(100) }),
  );
  boundary('thirty days and a minute', (org) => org.application('a', { ...OFF, updatedAt: daysAgo(30) }), {
    a: 'informational',
  });
  boundary('thirty days but a minute', (org) => org.application('a', { ...OFF, updatedAt: daysAgo(30, -60_000) }), {});
  set('a year', { days: 365 }, (org) => org.application('a', off), {});
  gone('application', {});
  gone('app_assignment', { a: 'informational', b: 'informational' });
});

scenes(applicationNotUsed, ({ names, passes, boundary, set, gone }) => {
  const old = { createdAt: daysAgo(400) };
  names(
    'ever, or for long',
    (org) =>
      org
        .application('menu', old)
        .application('vault', { ...old, signOnMethod: 'saml' })
        .used('application', 'ana', daysAgo(80), 'vault')
        .observed('application', daysAgo(90)),
    { menu: 'low', vault: 'medium' },
  );
  passes('used; new; off; a program; a link; without a sign-in', (org) =>
    org
      .application('a', old)
      .used('application', 'ana', daysAgo(2), 'a')
      .application('b', { createdAt: daysAgo(3) })
      .application('c', { ...old, ...OFF })
      .application('d', {
        ...old,
        oauthClient: {
          type: 'service',
          grantTypes: [],
          responseTypes: [],
          authentication: 'key',
          redirectUris: [],
          wildcardRedirects: null,
          boundTokens: null,
          proofKey: null,
        },
      })
      .application('e', { ...old, signOnMethod: 'bookmark' })
      .application('f', { ...old, signOnMethod: 'none' })
      .observed('application', daysAgo(90)),
  );
  boundary(
    'sixty days ago, and a day more',
    (org) =>
      org
        .application('a', old)
        .used('application', 'ana', daysAgo(60, 0), 'a')
        .application('b', old)
        .used('application', 'ana', daysAgo(61, 0), 'b')
        .observed('application', daysAgo(90)),
    { b: 'low' },
  );
  boundary(
    'sixty days old and a minute, or but a minute',
    (org) =>
      org
        .application('a', { createdAt: daysAgo(60) })
        .application('b', { createdAt: daysAgo(60, -60_000) })
        .observed('application', daysAgo(90)),
    { a: 'low' },
  );
  set(
    'ten days',
    { days: 10 },
    (org) => org.application('a', old).used('application', 'ana', daysAgo(11), 'a').observed('application', daysAgo(90)),
    { a: 'low' },
  );
  set('other words', { sensitive: ['menu'] }, (org) => org.application('menu', old).observed('application', daysAgo(90)), {
    menu: 'medium',
  });
  gone('application', {});
  test('evidence says when it was used last, and not when another one was', async () => {
    const org = await written((one) =>
      one
        .application('menu', old)
        .application('vault', old)
        .used('application', 'ana', daysAgo(80), 'vault')
        .used('application', 'ana', daysAgo(70), 'vault')
        .observed('application', daysAgo(90)),
    );
    await look(applicationNotUsed, org);
    expect(await evidenceOf(org, applicationNotUsed, 'vault')).toMatchObject({
      lastUsedOn: daysAgo(70).slice(0, 10),
      isSensitive: true,
    });
    expect(await evidenceOf(org, applicationNotUsed, 'menu')).toMatchObject({ lastUsedOn: null, isSensitive: false });
  });
});

scenes(applicationKeepsThoseWhoLeave, ({ names, passes, boundary, set, gone }) => {
  const federated = { signOnMethod: 'saml' } as const;
  const reached =
    (many: number, said: object = federated): Build =>
    (org) => {
      org.application('menu', said);
      for (let n = 0; n < many; n++) org.account(`u${n}`).assigned('menu', `u${n}`);
      return org;
    };
  names(
    'one that opens much, and has no provisioning, one that is off, or one that does not deactivate',
    (org) =>
      org
        .application('vault', federated)
        .application('aws', federated)
        .provisioning('aws', { deactivatesAccounts: false })
        .application('payroll', { signOnMethod: 'stored_password' })
        .application('gcp', federated)
        .provisioning('gcp', { deactivatesAccounts: true, status: 'inactive' }),
    { vault: 'medium', aws: 'medium', payroll: 'high', gcp: 'medium' },
  );
  passes('one that deactivates, or does not say; that few have; that is off, or only a link', (org) =>
    reached(3)(org)
      .application('vault', federated)
      .provisioning('vault', { deactivatesAccounts: true })
      .application('aws', federated)
      .provisioning('aws')
      .application('gcp', { ...federated, ...OFF })
      .application('azure', { signOnMethod: 'bookmark' }),
  );
  boundary('as one that 200 have', reached(200), { menu: 'medium' });
  boundary('and one that 199 have is not', reached(199), {});
  set('two are many', { many: 2 }, reached(2), { menu: 'medium' });
  set('other words', { sensitive: ['menu'] }, reached(1, { signOnMethod: 'basic' }), { menu: 'high' });
  gone('application', {});
  gone('app_provisioning', { vault: 'medium' }, (org) =>
    org.application('vault', federated).provisioning('vault', { deactivatesAccounts: true }),
  );
});
