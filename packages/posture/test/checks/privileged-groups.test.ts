import { groupRuleThatPeopleCanMeet } from '../../src/checks/groups/group-rule-that-people-can-meet.js';
import { groupWithPowerElsewhere } from '../../src/checks/groups/group-with-power-elsewhere.js';
import { memberThatTheRuleLeavesOut } from '../../src/checks/groups/member-that-the-rule-leaves-out.js';
import { newMemberOfGroupWithRole } from '../../src/checks/groups/new-member-of-group-with-role.js';
import { daysAgo } from '../fixtures/organisation.js';
import { type Build, evidenceOf, look, scenes, written } from '../fixtures/scenes.js';

/** A group with a role; `boss` has one with which one can become anybody. */
const roles: Build = (org) =>
  org
    .group('staff')
    .role('desk', ['reset_passwords'])
    .holds('desk', 'staff', 'group')
    .group('boss')
    .role('super', ['everything'])
    .holds('super', 'boss', 'group');

const asks = (expression: string, ...targetGroups: readonly string[]) => ({ expression, targetGroups });

scenes(groupRuleThatPeopleCanMeet, ({ names, passes, boundary, set, gone }) => {
  names(
    'a rule that fills a group with a role, or with a sensitive application, or one that lies in such a group',
    (org) =>
      roles(org)
        .rule('r1', asks('user.nickName=="x"', 'staff'))
        .rule('r2', asks('String.stringContains(user.CITY, "Rome")', 'boss', 'staff'))
        .group('cloud')
        .application('aws')
        .assigned('aws', 'cloud', 'group')
        .rule('r3', asks('user.displayName!=null', 'cloud'))
        .group('inner')
        .nested('cloud', 'inner')
        .rule('r4', asks('user.locale == "de"', 'inner'))
        .group('low')
        .nested('staff', 'low')
        .rule('r5', asks('user.state == "NY"', 'low')),
    { r1: 'high', r2: 'critical', r3: 'high', r4: 'high', r5: 'high' },
  );
  passes('another attribute, or only a value that is called so; another group; switched off; of what is not there', (org) =>
    roles(org)
      .rule('r1', asks('user.department=="nickName" && user.costCenter==\'city\'', 'staff'))
      .group('lunch')
      .application('menu')
      .assigned('menu', 'lunch', 'group')
      .rule('r2', asks('user.nickName=="x"', 'lunch'))
      .rule('r3', { ...asks('user.nickName=="x"', 'staff'), status: 'inactive' })
      .rule('r4', asks('user.nickName=="x"', 'gone'))
      .holds('desk', 'gone', 'group')
      .group('old')
      .application('aws', { status: 'inactive' })
      .assigned('aws', 'old', 'group')
      .rule('r5', asks('user.nickName=="x"', 'old')),
  );
  boundary(
    'an attribute of which only the beginning is called so',
    (org) => roles(org).rule('r1', asks('user.cityCode==1', 'staff')),
    {},
  );
  boundary('the whole of it', (org) => roles(org).rule('r1', asks('user.city==1', 'staff')), { r1: 'high' });
  boundary(
    'a group that gives out roles: who is in it can become anybody',
    (org) =>
      org
        .group('givers')
        .role('giver', ['manage_roles'])
        .holds('giver', 'givers', 'group')
        .rule('r1', asks('user.city==1', 'givers')),
    { r1: 'critical' },
  );
  set(
    'other attributes',
    { attributes: ['team'] },
    (org) => roles(org).rule('r1', asks('user.team==1', 'staff')).rule('r2', asks('user.city==1', 'staff')),
    {
      r1: 'high',
    },
  );
  set(
    'other words',
    { sensitive: ['Lunch'] },
    (org) =>
      org
        .group('g')
        .application('a', { label: 'The lunch-card' })
        .assigned('a', 'g', 'group')
        .rule('r1', asks('user.city==1', 'g')),
    {
      r1: 'high',
    },
  );
  gone('group_rule', {});
  gone('group', {});
  gone('role_assignment', { r3: 'high', r4: 'high' });
  gone('role', { r3: 'high', r4: 'high' });
  gone('application', { r1: 'high', r2: 'critical', r5: 'high' });
  gone('app_assignment', { r1: 'high', r2: 'critical', r5: 'high' });
  gone('membership', { r1: 'high', r2: 'critical', r3: 'high' });
  test('evidence says what the rule asks, and what it leads to', async () => {
    const org = await written((one) =>
      roles(one)
        .application('aws', { label: 'AWS' })
        .assigned('aws', 'staff', 'group')
        .rule('r1', asks('user.city=="x"', 'staff', 'staff')),
    );
    await look(groupRuleThatPeopleCanMeet, org);
    expect(await evidenceOf(org, groupRuleThatPeopleCanMeet, 'r1')).toEqual({
      name: 'r1',
      expression: 'user.city=="x"',
      attributes: ['city'],
      groups: ['staff'],
      groupCount: 1,
      roles: ['desk'],
      sensitiveApplications: ['AWS'],
      sensitiveApplicationCount: 1,
      isTierZero: false,
    });
  });
});

const crowd =
  (group: string, many: number): Build =>
  (org) => {
    for (let n = 0; n < many; n++) org.account(`u${n}`).members(group, `u${n}`);
    return org;
  };

scenes(groupWithPowerElsewhere, ({ names, passes, boundary, set, gone }) => {
  const hub: Build = (org) => org.application('hub', { label: 'Branch', name: 'acme_org2org' });
  names(
    'one with a role, one that is called so',
    (org) =>
      hub(roles(org))
        .pushed('hub', 'staff')
        .pushed('hub', 'boss')
        .group('g1', { name: 'Cloud Admins' })
        .application('vault')
        .pushed('vault', 'g1'),
    { staff: 'high', boss: 'critical', g1: 'high' },
  );
  passes('another application; switched off; neither role, name nor size', (org) =>
    hub(roles(org))
      .application('menu')
      .pushed('menu', 'staff')
      .pushed('hub', 'boss', { status: 'inactive' })
      .application('vault', { status: 'inactive' })
      .pushed('vault', 'staff')
      .group('readers', { name: 'Badminton' })
      .pushed('hub', 'readers'),
  );
  boundary('as a group of 500 is', (org) => crowd('all', 500)(hub(org)).group('all').pushed('hub', 'all'), { all: 'medium' });
  boundary('and one of 499 is not', (org) => crowd('all', 499)(hub(org)).group('all').pushed('hub', 'all'), {});
  set('two are many', { many: 2 }, (org) => crowd('all', 2)(hub(org)).group('all').pushed('hub', 'all'), { all: 'medium' });
  set(
    'other words',
    { connected: ['spoke'], rights: ['keeper'] },
    (org) =>
      hub(org)
        .application('s', { label: 'Spoke 1' })
        .group('g', { name: 'Keepers' })
        .pushed('s', 'g')
        .group('h', { name: 'Keepers' })
        .pushed('hub', 'h'),
    {
      g: 'high',
    },
  );
  gone('group_push', {});
  gone('application', {});
  gone('group', {});
  gone('role_assignment', { g1: 'high' });
  gone('role', { g1: 'high' });
  gone('membership', {}, (org) => crowd('all', 500)(hub(org)).group('all').pushed('hub', 'all'));
});

scenes(memberThatTheRuleLeavesOut, ({ names, passes, boundary, gone }) => {
  const ruled =
    (said: object = {}): Build =>
    (org) =>
      roles(org)
        .account('ana')
        .members('staff', 'ana')
        .rule('r1', { targetGroups: ['staff'], excludedAccounts: ['ana'], ...said });
  names(
    'somebody who is in it all the same',
    (org) =>
      ruled()(org)
        .members('boss', 'ana')
        .rule('r2', { targetGroups: ['boss'], excludedAccounts: ['ana'] }),
    {
      'staff|ana': 'medium',
      'boss|ana': 'high',
    },
  );
  passes('a rule that is off, or of a group without a role; an account that is switched off, or not in it', (org) =>
    ruled({ status: 'inactive' })(org)
      .group('lunch')
      .members('lunch', 'ana')
      .rule('r2', { targetGroups: ['lunch'], excludedAccounts: ['ana'] })
      .account('bo', { status: 'deprovisioned' })
      .account('cy')
      .members('boss', 'bo')
      .rule('r3', { targetGroups: ['boss'], excludedAccounts: ['bo', 'cy'] }),
  );
  boundary('another rule may have let the account in', (org) => ruled()(org).rule('r2', { targetGroups: ['staff'] }), {});
  boundary(
    'unless that one leaves it out as well',
    (org) => ruled()(org).rule('r2', { targetGroups: ['staff'], excludedAccounts: ['bo', 'ana'] }),
    {
      'staff|ana': 'medium',
    },
  );
  gone('membership', {});
  gone('group_rule', {});
  gone('account', {});
  gone('group', {});
  gone('role_assignment', {});
});

scenes(newMemberOfGroupWithRole, ({ names, passes, boundary, set, gone }) => {
  const people: Build = (org) => roles(org).account('ana').account('bo').account('cy');
  names(
    'put in by hand, perhaps by a rule, or into a group that lies in one with a role',
    (org) =>
      people(org)
        .joined('staff', 'ana', daysAgo(2))
        .joined('boss', 'bo', daysAgo(2))
        .group('inner')
        .nested('staff', 'inner')
        .joined('inner', 'cy', daysAgo(2))
        .rule('r1', { targetGroups: ['inner'], excludedAccounts: ['ana'] })
        .rule('r2', { targetGroups: ['staff'], status: 'inactive' })
        .rule('r3', { targetGroups: ['staff'], excludedAccounts: ['ana'] })
        .rule('r4', { targetGroups: ['lunch'] }),
    { 'staff|ana': 'medium', 'boss|bo': 'high', 'inner|cy': 'low' },
  );
  passes('long ago; without a role; switched off', (org) =>
    people(org)
      .joined('staff', 'ana', daysAgo(100))
      .group('lunch')
      .joined('lunch', 'bo', daysAgo(2))
      .account('dee', { status: 'deprovisioned' })
      .joined('staff', 'dee', daysAgo(2)),
  );
  passes('there since the first listing, of which nobody knows since when', (org) => people(org).members('staff', 'ana'));
  boundary('fourteen days and a minute', (org) => people(org).joined('staff', 'ana', daysAgo(14)), {});
  boundary('fourteen days but a minute', (org) => people(org).joined('staff', 'ana', daysAgo(14, -60_000)), {
    'staff|ana': 'medium',
  });
  set('a year but a little', { days: 360 }, (org) => people(org).joined('staff', 'ana', daysAgo(300)), {
    'staff|ana': 'medium',
  });
  gone('membership', {});
  gone('account', {});
  gone('group', {});
  gone('role_assignment', {});
  gone('group_rule', { 'staff|ana': 'medium', 'boss|bo': 'high', 'inner|cy': 'medium' });
});
