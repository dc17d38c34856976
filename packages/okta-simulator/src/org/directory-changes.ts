import type { JsonObject, OktaObject } from '../json/json.js';
import { objectAt, textAt } from '../json/json.js';
import type { EventParty } from '../system-log/event.js';
import { OrgState } from './org-state.js';

export type UserStatus =
  | 'ACTIVE'
  | 'DEPROVISIONED'
  | 'LOCKED_OUT'
  | 'PASSWORD_EXPIRED'
  | 'PROVISIONED'
  | 'RECOVERY'
  | 'STAGED'
  | 'SUSPENDED';

export interface NewUser {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly login?: string;
  readonly status?: UserStatus;
  readonly profile?: JsonObject;
}

export interface NewGroup {
  readonly name: string;
  readonly description?: string;
  readonly type?: 'OKTA_GROUP' | 'APP_GROUP' | 'BUILT_IN';
}

const STATUS_EVENTS: Readonly<Record<UserStatus, readonly [string, string]>> = {
  ACTIVE: ['user.lifecycle.activate', 'Activate user'],
  DEPROVISIONED: ['user.lifecycle.deactivate', 'Deactivate user'],
  LOCKED_OUT: ['user.account.lock', 'User locked out'],
  PASSWORD_EXPIRED: ['user.account.expire_password', 'Password expired'],
  PROVISIONED: ['user.lifecycle.reactivate', 'Reactivate user'],
  RECOVERY: ['user.account.reset_password', 'Password reset'],
  STAGED: ['user.lifecycle.create', 'User staged'],
  SUSPENDED: ['user.lifecycle.suspend', 'Suspend user'],
};

/** Changes to users, groups, memberships and group rules. Each moves the dates that Okta moves and writes the event Okta writes. */
export class DirectoryChanges extends OrgState {
  addUser(input: NewUser = {}): OktaObject {
    const id = this.newId('00u');
    const now = this.nowText();
    const status = input.status ?? 'ACTIVE';
    const login = input.login ?? `user-${id.toLowerCase()}@example.com`;
    const profile = { firstName: input.firstName ?? 'New', lastName: input.lastName ?? 'Person', login, email: login };
    const user = {
      id,
      status,
      created: now,
      activated: status === 'STAGED' ? null : now,
      statusChanged: now,
      lastLogin: null,
      lastUpdated: now,
      passwordChanged: null,
      type: { id: 'oty1simulated0type00' },
      profile: { ...profile, mobilePhone: null, secondEmail: null, ...input.profile },
      credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
      _links: this.links.user(id),
    };
    this.directory.users.set(id, user);
    const everyone = this.#everyone();
    if (everyone) this.directory.join(everyone.id, id);
    this.emit({ eventType: 'user.lifecycle.create', displayMessage: 'Create user', targets: [this.userParty(user)] });
    return user;
  }

  setStatus(userId: string, status: UserStatus): OktaObject {
    const user = this.user(userId);
    const lastUpdated = this.after(user);
    const changed = { ...user, status, statusChanged: lastUpdated, lastUpdated };
    this.directory.users.set(userId, changed);
    const unsuspended = status === 'ACTIVE' && user['status'] === 'SUSPENDED';
    const unlocked = status === 'ACTIVE' && user['status'] === 'LOCKED_OUT';
    const [eventType, displayMessage] = unsuspended
      ? (['user.lifecycle.unsuspend', 'Unsuspend user'] as const)
      : unlocked
        ? (['user.account.unlock', 'User unlocked'] as const)
        : STATUS_EVENTS[status];
    this.emit({ eventType, displayMessage, targets: [this.userParty(changed)] });
    return changed;
  }

  updateUser(userId: string, profile: JsonObject): OktaObject {
    const user = this.user(userId);
    const changed = { ...user, profile: { ...objectAt(user, 'profile'), ...profile }, lastUpdated: this.after(user) };
    this.directory.users.set(userId, changed);
    this.emit({
      eventType: 'user.account.update_profile',
      displayMessage: 'Update user profile',
      targets: [this.userParty(changed)],
    });
    return changed;
  }

  /** A sign-in: moves `lastLogin` but not `lastUpdated`, and is an event. To an application, within a session: only the event. */
  signIn(userId: string, appId?: string): void {
    const user = this.user(userId);
    const actor = this.userParty(user);
    if (appId === undefined) {
      this.directory.users.set(userId, { ...user, lastLogin: this.nowText() });
      this.emit({ eventType: 'user.session.start', displayMessage: 'User signed in', actor, targets: [actor] });
      return;
    }
    const app = this.applications.apps.get(appId);
    const targets = app ? [this.appParty(app), actor] : [actor];
    this.emit({ eventType: 'user.authentication.sso', displayMessage: 'User single sign on to app', actor, targets });
  }

  /** Deletes for good: the user is 404 from now on and gone from every list. */
  deleteUser(userId: string): void {
    const user = this.user(userId);
    this.directory.forgetUser(userId);
    this.applications.forgetUser(userId);
    this.administration.forget({ kind: 'user', id: userId });
    this.identityProviders.forgetUser(userId);
    this.factors.forgetUser(userId);
    this.devices.forgetUser(userId);
    this.refreshTokens.forgetUser(userId);
    this.consents.forgetUser(userId);
    const targets = [this.userParty(user)];
    this.emit({ eventType: 'user.lifecycle.delete.initiated', displayMessage: 'Delete user initiated', targets });
    this.emit({ eventType: 'user.lifecycle.delete.completed', displayMessage: 'Delete user completed', targets });
  }

  addGroup(input: NewGroup): OktaObject {
    const id = this.newId('00g');
    const now = this.nowText();
    const group = {
      id,
      created: now,
      lastUpdated: now,
      lastMembershipUpdated: now,
      objectClass: ['okta:user_group'],
      type: input.type ?? 'OKTA_GROUP',
      profile: { name: input.name, description: input.description ?? null },
      _links: this.links.group(id),
    };
    this.directory.groups.set(id, group);
    this.emit({ eventType: 'group.lifecycle.create', displayMessage: 'Create group', targets: [this.groupParty(group)] });
    return group;
  }

  updateGroup(groupId: string, profile: JsonObject): OktaObject {
    const group = this.group(groupId);
    const changed = { ...group, profile: { ...objectAt(group, 'profile'), ...profile }, lastUpdated: this.after(group) };
    this.directory.groups.set(groupId, changed);
    this.emit({ eventType: 'group.profile.update', displayMessage: 'Update group', targets: [this.groupParty(changed)] });
    return changed;
  }

  deleteGroup(groupId: string): void {
    const group = this.group(groupId);
    this.directory.forgetGroup(groupId);
    this.applications.forgetGroup(groupId);
    this.administration.forget({ kind: 'group', id: groupId });
    this.emit({ eventType: 'group.lifecycle.delete', displayMessage: 'Delete group', targets: [this.groupParty(group)] });
  }

  /** @param by who did it: a group rule acts as the system, and nothing else in the event tells it from an administrator. */
  addMember(groupId: string, userId: string, by: 'administrator' | 'rule' = 'administrator'): void {
    const group = this.group(groupId);
    const user = this.user(userId);
    if (!this.directory.join(groupId, userId)) return;
    if (by === 'rule') this.directory.markByRule(groupId, userId);
    this.#membershipMoved(group);
    const targets = [this.userParty(user), this.groupParty(group)];
    this.emit({ eventType: 'group.user_membership.add', displayMessage: 'Add user to group', targets, ...this.#actor(by) });
    this.accessMoved('add', groupId, user);
  }

  removeMember(groupId: string, userId: string, by: 'administrator' | 'rule' = 'administrator'): void {
    const group = this.group(groupId);
    const user = this.user(userId);
    if (!this.directory.leave(groupId, userId)) return;
    this.#membershipMoved(group);
    const targets = [this.userParty(user), this.groupParty(group)];
    this.emit({
      eventType: 'group.user_membership.remove',
      displayMessage: 'Remove user from group',
      targets,
      ...this.#actor(by),
    });
    this.accessMoved('remove', groupId, user);
  }

  /** A rule only stands there: the simulator does not evaluate its expression. */
  addRule(name: string, expression: string, groupIds: readonly string[]): OktaObject {
    const id = this.newId('0pr');
    const now = this.nowText();
    const rule = {
      type: 'group_rule',
      id,
      status: 'ACTIVE',
      name,
      created: now,
      lastUpdated: now,
      conditions: {
        people: { users: { exclude: [] }, groups: { exclude: [] } },
        expression: { value: expression, type: 'urn:okta:expression:1.0' },
      },
      actions: { assignUserToGroups: { groupIds } },
      allGroupsValid: true,
    };
    this.directory.rules.set(id, rule);
    this.#ruleEvent(rule, 'policy.rule.add', 'Add group rule');
    return rule;
  }

  updateRule(ruleId: string, patch: JsonObject): OktaObject {
    const rule = found(this.directory.rules.get(ruleId), 'group rule', ruleId);
    const changed = { ...rule, ...patch, id: rule.id, lastUpdated: this.after(rule) };
    this.directory.rules.set(ruleId, changed);
    this.#ruleEvent(changed, 'policy.rule.update', 'Update group rule');
    return changed;
  }

  deleteRule(ruleId: string): void {
    const rule = found(this.directory.rules.get(ruleId), 'group rule', ruleId);
    this.directory.rules.delete(ruleId);
    this.#ruleEvent(rule, 'policy.rule.delete', 'Delete group rule');
  }

  /** A rule that is switched on is run, and Okta says so; switched off it has a type of its own beside the policy rule's. */
  setRuleStatus(ruleId: string, status: 'ACTIVE' | 'INACTIVE'): OktaObject {
    const rule = found(this.directory.rules.get(ruleId), 'group rule', ruleId);
    const changed = { ...rule, status, lastUpdated: this.after(rule) };
    this.directory.rules.set(ruleId, changed);
    const on = status === 'ACTIVE';
    this.#ruleEvent(changed, `policy.rule.${on ? 'activate' : 'deactivate'}`, 'Group rule switched');
    this.#ruleEvent(changed, `group.user_membership.rule.${on ? 'trigger' : 'deactivated'}`, 'Group rule switched');
    return changed;
  }

  /** What joining or leaving a group means for the apps of the group: nothing here, as apps come higher in the chain. */
  protected accessMoved(_verb: 'add' | 'remove', _groupId: string, _user: OktaObject): void {}

  #actor(by: 'administrator' | 'rule'): { readonly actor?: EventParty } {
    return by === 'rule' ? { actor: this.machineActor() } : {};
  }

  protected user(userId: string): OktaObject {
    return found(this.directory.users.get(userId), 'user', userId);
  }

  protected group(groupId: string): OktaObject {
    return found(this.directory.groups.get(groupId), 'group', groupId);
  }

  #membershipMoved(group: OktaObject): void {
    const lastMembershipUpdated = this.after(group, 'lastMembershipUpdated');
    this.directory.groups.set(group.id, { ...group, lastMembershipUpdated });
  }

  /**
   * Okta's catalogue has no type of its own for a group rule that was made, changed or deleted. It calls `group_rule` a kind
   * of policy, so these are written as changes of a policy rule.
   */
  #ruleEvent(rule: OktaObject, eventType: string, displayMessage: string): void {
    const name = textAt(rule, 'name') ?? rule.id;
    const target = { id: rule.id, type: 'GroupRule', alternateId: name, displayName: name };
    this.emit({ eventType, displayMessage, targets: [target] });
  }

  #everyone(): OktaObject | undefined {
    if (!this.settings.derive) return undefined;
    for (const group of this.directory.groups.values()) {
      if (group['type'] === 'BUILT_IN' && textAt(group, 'profile', 'name') === 'Everyone') return group;
    }
    return undefined;
  }
}

/** The simulator is driven by tests: a wrong id there is a mistake in the test and must not pass silently. */
export function found<T>(value: T | undefined, what: string, id: string): T {
  if (value === undefined) throw new Error(`the simulated org has no ${what} ${id}`);
  return value;
}
