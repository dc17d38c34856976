import { accessGivenOneByOne } from '../../src/checks/groups/access-given-one-by-one.js';
import { accessThatIsNotUsed } from '../../src/checks/groups/access-that-is-not-used.js';
import { emptyGroupWithRights } from '../../src/checks/groups/empty-group-with-rights.js';
import { groupWithoutPurpose } from '../../src/checks/groups/group-without-purpose.js';
import { sensitiveApplicationForEverybody } from '../../src/checks/groups/sensitive-application-for-everybody.js';
import { daysAgo } from '../fixtures/organisation.js';
import { type Build, evidenceOf, look, scenes, written } from '../fixtures/scenes.js';
import { trusting } from '../fixtures/trust.js';

/** So many accounts, u0 and on, all in one group. */
const crowd =
  (group: string, many: number): Build =>
  (org) => {
    for (let n = 0; n < many; n++) org.account(`u${n}`).members(group, `u${n}`);
    return org;
  };

scenes(sensitiveApplicationForEverybody, ({ names, passes, boundary, set, gone }) => {
  names(
    'by the group of everybody, whether its members are listed or not, or by groups in it',
    (org) =>
      crowd(
        'inner',
        12,
      )(org)
        .group('everyone', { origin: 'builtin' })
        .application('vault')
        .assigned('vault', 'everyone', 'group')
        .group('inner')
        .group('all')
        .nested('all', 'inner')
        .application('aws')
        .assigned('aws', 'all', 'group'),
    { vault: 'high', aws: 'high' },
  );
  passes('another application; a built-in group of few; switched off; who has it by himself', (org) =>
    crowd(
      'all',
      12,
    )(org)
      .group('all')
      .application('menu')
      .assigned('menu', 'all', 'group')
      .group('keepers', { origin: 'builtin' })
      .members('keepers', 'u1')
      .application('vault')
      .assigned('vault', 'keepers', 'group')
      .assigned('vault', 'u1')
      .application('aws', { status: 'inactive' })
      .assigned('aws', 'all', 'group'),
  );
  passes('a group that is large by accounts that are switched off', (org) => {
    for (let n = 0; n < 20; n++) org.account(`x${n}`, { status: 'deprovisioned' }).members('all', `x${n}`);
    return crowd('few', 10)(org).group('few').group('all').application('aws').assigned('aws', 'all', 'group');
  });
  const part =
    (inside: number, outside: number): Build =>
    (org) => {
      for (let n = 0; n < outside; n++) org.account(`o${n}`);
      return crowd('all', inside)(org).group('all').application('aws').assigned('aws', 'all', 'group');
    };
  boundary('nine of ten', part(9, 1), { aws: 'medium' });
  boundary('eight of nine', part(8, 1), {});
  set('the half', { percent: 50 }, part(1, 1), { aws: 'medium' });
  set(
    'other words',
    { sensitive: ['menu'] },
    (org) => crowd('all', 2)(org).group('all').application('menu').assigned('menu', 'all', 'group'),
    {
      menu: 'high',
    },
  );
  gone('application', {});
  gone('app_assignment', {});
  gone('group', {});
  gone('membership', { vault: 'high' });
  gone('account', { vault: 'high' });
});

scenes(accessThatIsNotUsed, ({ names, passes, boundary, set, gone }) => {
  const reached =
    (application: string, many: number, used: number, at = daysAgo(3)): Build =>
    (org) => {
      crowd(`of ${application}`, many)(org).group(`of ${application}`).application(application);
      org.assigned(application, `of ${application}`, 'group').observed('application', daysAgo(90));
      for (let n = 0; n < used; n++) org.used('application', `u${n}`, at, application);
      return org;
    };
  names(
    'by many, in an application that opens much and in another',
    (org) => reached('vault', 20, 2)(reached('menu', 20, 1)(org)),
    {
      menu: 'medium',
      vault: 'high',
    },
  );
  passes('by few; in one that is switched off; in one that nobody uses at all', (org) =>
    reached('a', 20, 10)(reached('b', 20, 1)(reached('c', 20, 0)(org))).application('b', { status: 'inactive' }),
  );
  boundary('eight of ten parts, and ten', reached('menu', 13, 3), {});
  boundary('16 of 20', reached('menu', 20, 4), { menu: 'medium' });
  boundary('15 of 20', reached('menu', 20, 5), {});
  boundary('ten, at least', reached('menu', 11, 1), { menu: 'medium' });
  boundary('nine', reached('menu', 10, 1), {});
  boundary(
    'used on the first day that counts, and the day before',
    (org) =>
      reached('b', 20, 10, daysAgo(61))(reached('a', 20, 10, daysAgo(60, 0))(org)).used('application', 'u19', daysAgo(1), 'b'),
    {
      b: 'medium',
    },
  );
  set(
    'within ten days',
    { days: 10 },
    (org) => reached('a', 20, 19, daysAgo(20))(org).used('application', 'u19', daysAgo(1), 'a'),
    { a: 'medium' },
  );
  set('a part of 40, and a number of 5', { percent: 40, least: 5 }, reached('a', 10, 5), { a: 'medium' });
  set('other words', { sensitive: ['menu'] }, reached('menu', 20, 1), { menu: 'high' });
  gone('application', {});
  test('evidence says how many', async () => {
    const org = await written((one) => reached('vault', 20, 2)(one).account('u0', { status: 'deprovisioned' }));
    await look(accessThatIsNotUsed, org);
    expect(await evidenceOf(org, accessThatIsNotUsed, 'vault')).toMatchObject({
      label: 'vault',
      accounts: 19,
      used: 1,
      unused: 18,
      isSensitive: true,
    });
  });
});

scenes(accessGivenOneByOne, ({ names, passes, boundary, set, gone }) => {
  const direct =
    (application: string, many: number, said: object = {}, account: object = {}): Build =>
    (org) => {
      org.application(application);
      for (let n = 0; n < many; n++)
        org.account(`${application}${n}`, account).assigned(application, `${application}${n}`, 'account', said);
      return org;
    };
  names('to many', (org) => direct('vault', 6)(direct('menu', 25)(org)), { menu: 'low', vault: 'medium' });
  passes('by a group; to accounts of services, or such as are switched off; in one that is off', (org) =>
    direct('a', 9, { scope: 'group' })(
      direct('b', 9, {}, { isHuman: false })(direct('c', 9, {}, { status: 'deprovisioned' })(direct('d', 9)(org))),
    ).application('d', { status: 'inactive' }),
  );
  boundary('three', direct('menu', 3), {});
  boundary('four', direct('menu', 4), { menu: 'low' });
  set('none', { most: 0 }, direct('menu', 1), { menu: 'low' });
  set('other words', { sensitive: ['menu'] }, direct('menu', 4), { menu: 'medium' });
  gone('application', {});
  gone('app_assignment', {});
  gone('account', {});
  test('evidence says whom, up to twenty', async () => {
    const org = await written(direct('menu', 25));
    await look(accessGivenOneByOne, org);
    const evidence = (await evidenceOf(org, accessGivenOneByOne, 'menu')) as { direct: number; accounts: readonly string[] }; // as the check writes it
    expect([evidence.direct, evidence.accounts.length, evidence.accounts[0]]).toEqual([25, 20, 'menu0@example.com']);
  });
});

scenes(emptyGroupWithRights, ({ names, passes, boundary, gone }) => {
  names(
    'an application, or a role, or what lies in a group with one',
    (org) =>
      org
        .application('menu')
        .group('a')
        .assigned('menu', 'a', 'group')
        .group('b')
        .role('desk', ['reset_passwords'])
        .holds('desk', 'b', 'group')
        .group('c')
        .holds('desk', 'c', 'group')
        .group('d')
        .nested('c', 'd'),
    { a: 'low', b: 'medium', d: 'medium' },
  );
  passes('without rights; with somebody in it; an application that is off; a built-in one', (org) =>
    org
      .application('menu')
      .group('a')
      .group('b')
      .assigned('menu', 'b', 'group')
      .account('ana')
      .members('b', 'ana')
      .application('old', { status: 'inactive' })
      .group('c')
      .assigned('old', 'c', 'group')
      .group('d', { origin: 'builtin' })
      .assigned('menu', 'd', 'group'),
  );
  boundary(
    'a group is in it',
    (org) => org.application('menu').group('a').assigned('menu', 'a', 'group').group('b').nested('a', 'b'),
    {},
  );
  gone('group', {});
  gone('app_assignment', { b: 'medium', d: 'medium' });
  gone('application', { b: 'medium', d: 'medium' });
  gone('role_assignment', { a: 'low' });
  gone('membership', { a: 'low', b: 'medium', c: 'medium' });
});

scenes(groupWithoutPurpose, ({ names, passes, boundary, set, gone }) => {
  const old = { createdAt: daysAgo(100) };
  names('that is old', (org) => org.group('a', old).group('b', old).account('ana').members('b', 'ana'), {
    a: 'informational',
    b: 'low',
  });
  const named: Build = (org) => {
    for (let n = 1; n <= 14; n++) org.group(`g${n}`, old);
    return org
      .application('menu')
      .assigned('menu', 'g1', 'group')
      .holds('desk', 'g2', 'group')
      .holds('desk', 'ana', 'account', { targetKind: 'group', target: 'g3' })
      .rule('r1', { targetGroups: ['g4'], expression: 'isMemberOfAnyGroup("g5") && isMemberOfGroupName("Six")' })
      .group('g6', { ...old, name: 'Six' })
      .pushed('menu', 'g7')
      .nested('g8', 'g9')
      .assigned('menu', 'g8', 'group')
      .owner('g1', 'g10', 'group')
      .resource('set', '1', { resourceKind: 'accounts_of_group', resource: 'g11' })
      .policy('p', { includedGroups: ['g12'] })
      .policyRule('p', 'r', { excludedGroups: ['g13'] })
      .identityProvider('idp', trusting({ linkOnlyGroups: ['g14'], groups: ['g15'] }))
      .group('g15', old);
  };
  passes('that something names', named);
  passes('of an application, or built in', (org) =>
    org.group('a', { ...old, origin: 'app' }).group('b', { ...old, origin: 'builtin' }),
  );
  boundary('thirty days but a minute', (org) => org.group('a', { createdAt: daysAgo(30, -60_000) }), {});
  boundary('thirty days and a minute', (org) => org.group('a', { createdAt: daysAgo(30) }), { a: 'informational' });
  boundary('seen for the first time just now, and nobody says how old it is', (org) => org.group('a'), {});
  set('five days', { days: 5 }, (org) => org.group('a', { createdAt: daysAgo(6) }), { a: 'informational' });
  gone('group', {});
  gone('membership', { a: 'informational', b: 'informational' });
  gone('app_assignment', { g1: 'informational', g8: 'low' }, named);
  gone('group_rule', { g4: 'informational', g5: 'informational', g6: 'informational' }, named);
});
