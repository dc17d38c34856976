import { objectAt, textAt } from '../json/json.js';
import type { OktaObject } from '../json/json.js';
import type { UserStatus } from '../org/directory-changes.js';
import type { Org } from '../org/org.js';
import type { Sequence } from '../org/sequence.js';
import type { ChangeKind } from './change-kind.js';
import { any, apps, changeOne, groups, inStatus, isOktaGroup, users } from './change-kind.js';

const rules = (org: Org): Sequence<OktaObject> => org.directory.rules;

const toStatus = (name: string, from: readonly string[], to: UserStatus): ChangeKind =>
  changeOne(name, users, inStatus(...from), (org, user) => org.setStatus(user.id, to));

const personKinds: readonly ChangeKind[] = [
  {
    name: 'user joins',
    apply: (org, random) => {
      org.addUser({ firstName: 'Joiner', lastName: `Number ${random.below(1_000_000)}` });
      return true;
    },
  },
  changeOne('user renamed', users, inStatus('ACTIVE'), (org, user, random) =>
    org.updateUser(user.id, { lastName: `Renamed ${random.below(1_000_000)}` }),
  ),
  toStatus('user suspended', ['ACTIVE'], 'SUSPENDED'),
  toStatus('user unsuspended', ['SUSPENDED'], 'ACTIVE'),
  toStatus('user locked', ['ACTIVE'], 'LOCKED_OUT'),
  toStatus('user unlocked', ['LOCKED_OUT'], 'ACTIVE'),
  toStatus('user deactivated', ['ACTIVE', 'SUSPENDED', 'PROVISIONED'], 'DEPROVISIONED'),
  toStatus('user reactivated', ['DEPROVISIONED'], 'PROVISIONED'),
  toStatus('user activated', ['PROVISIONED', 'STAGED'], 'ACTIVE'),
  toStatus('password expired', ['ACTIVE'], 'PASSWORD_EXPIRED'),
  // Okta deletes nobody who was not deactivated before.
  changeOne('user deleted', users, inStatus('DEPROVISIONED'), (org, user) => org.deleteUser(user.id)),
  changeOne('user signs in', users, inStatus('ACTIVE'), (org, user) => org.signIn(user.id)),
  changeOne('user signs in to app', users, inStatus('ACTIVE'), (org, user, random) => {
    const app = apps(org).drawn(random.next(), inStatus('ACTIVE'));
    if (!app) return false;
    org.signIn(user.id, app.id);
    return true;
  }),
];

const joins = (name: string, by: 'administrator' | 'rule'): ChangeKind =>
  changeOne(name, groups, isOktaGroup, (org, group, random) => {
    const members = org.directory.members(group.id);
    const user = users(org).drawn(random.next(), ({ id, status }) => status !== 'DEPROVISIONED' && !members.has(id));
    if (!user) return false;
    org.addMember(group.id, user.id, by);
    return true;
  });

const groupKinds: readonly ChangeKind[] = [
  {
    name: 'group created',
    apply: (org, random) => {
      org.addGroup({ name: `New group ${random.below(1_000_000_000)}` });
      return true;
    },
  },
  changeOne('group renamed', groups, isOktaGroup, (org, group, random) =>
    org.updateGroup(group.id, { name: `${textAt(group, 'profile', 'name') ?? 'Group'} ${random.below(1000)}` }),
  ),
  changeOne('group deleted', groups, isOktaGroup, (org, group) => org.deleteGroup(group.id)),
  {
    name: 'group with apps or roles deleted',
    apply: (org, random) => {
      const holds = ({ id }: OktaObject): boolean =>
        org.applications.appsOfGroup(id).size > 0 || org.administration.holdsRole({ kind: 'group', id });
      const group = groups(org).drawn(random.next(), (one) => isOktaGroup(one) && holds(one));
      if (group) org.deleteGroup(group.id);
      return group !== undefined;
    },
  },
  joins('member added', 'administrator'),
  joins('member added by rule', 'rule'),
  {
    name: 'member removed',
    apply: (org, random) => {
      const group = groups(org).drawn(random.next(), (one) => isOktaGroup(one) && org.directory.memberCount(one.id) > 0);
      const userId = group && org.directory.members(group.id).drawn(random.next());
      if (!group || userId === undefined) return false;
      org.removeMember(group.id, userId);
      return true;
    },
  },
];

const ruleKinds: readonly ChangeKind[] = [
  changeOne('group rule added', groups, isOktaGroup, (org, group, random) =>
    org.addRule(`Rule ${random.below(1_000_000)}`, 'user.department=="IT"', [group.id]),
  ),
  changeOne('group rule updated', rules, any, (org, rule, random) => {
    const conditions = objectAt(rule, 'conditions');
    const expression = { value: `user.city=="Place ${random.below(1000)}"`, type: 'urn:okta:expression:1.0' };
    return org.updateRule(rule.id, { conditions: { ...conditions, expression } });
  }),
  changeOne('group rule switched', rules, any, (org, rule) =>
    org.setRuleStatus(rule.id, rule['status'] === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE'),
  ),
  changeOne('group rule deleted', rules, any, (org, rule) => org.deleteRule(rule.id)),
];

export const directoryKinds: readonly ChangeKind[] = [...personKinds, ...groupKinds, ...ruleKinds];
