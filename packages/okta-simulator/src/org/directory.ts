import type { JsonObject, OktaObject } from '../json/json.js';
import { Sequence } from './sequence.js';

const NO_KEYS: ReadonlySet<string> = new Set();

/** Users, groups, who is in which, and the rules that put them there. Plain state: dates and events are the org's business. */
export class Directory {
  readonly users = new Sequence<OktaObject>();
  readonly groups = new Sequence<OktaObject>();
  readonly rules = new Sequence<OktaObject>();
  readonly #members = new Map<string, Sequence<string>>();
  readonly #groupsOf = new Map<string, Set<string>>();
  readonly #owners = new Map<string, Sequence<JsonObject>>();
  readonly #skinny = new WeakMap<OktaObject, OktaObject>();
  /** By group: whom a group rule has put there. */
  readonly #byRule = new Map<string, Set<string>>();
  readonly #moved = new Map<string, number>();
  #moves = 0;

  members(groupId: string): Sequence<string> {
    const known = this.#members.get(groupId);
    if (known) return known;
    const created = new Sequence<string>();
    this.#members.set(groupId, created);
    return created;
  }

  memberCount(groupId: string): number {
    return this.#members.get(groupId)?.size ?? 0;
  }

  /** Grows with every change of the group's members; no two changes of the org share a number. */
  membershipVersion(groupId: string): number {
    return this.#moved.get(groupId) ?? 0;
  }

  groupsOf(userId: string): ReadonlySet<string> {
    return this.#groupsOf.get(userId) ?? NO_KEYS;
  }

  owners(groupId: string): Sequence<JsonObject> {
    return this.#owners.get(groupId) ?? new Sequence<JsonObject>();
  }

  addOwner(groupId: string, owner: OktaObject): void {
    const owners = this.owners(groupId);
    owners.set(owner.id, owner);
    this.#owners.set(groupId, owners);
  }

  join(groupId: string, userId: string): boolean {
    const members = this.members(groupId);
    if (members.has(userId)) return false;
    members.set(userId, userId);
    this.#movedNow(groupId);
    const groups = this.#groupsOf.get(userId);
    if (groups) groups.add(groupId);
    else this.#groupsOf.set(userId, new Set([groupId]));
    return true;
  }

  /** The membership is a group rule's doing from now on, until it ends. */
  markByRule(groupId: string, userId: string): void {
    const known = this.#byRule.get(groupId);
    if (known) known.add(userId);
    else this.#byRule.set(groupId, new Set([userId]));
  }

  isByRule(groupId: string, userId: string): boolean {
    return this.#byRule.get(groupId)?.has(userId) ?? false;
  }

  leave(groupId: string, userId: string): boolean {
    this.#byRule.get(groupId)?.delete(userId);
    this.#groupsOf.get(userId)?.delete(groupId);
    this.#movedNow(groupId);
    return this.#members.get(groupId)?.delete(userId) ?? false;
  }

  /** Takes a user out of every group: called when the user is deleted for good. */
  forgetUser(userId: string): void {
    for (const groupId of this.groupsOf(userId)) this.leave(groupId, userId);
    this.#groupsOf.delete(userId);
    this.users.delete(userId);
  }

  forgetGroup(groupId: string): void {
    for (const userId of this.members(groupId).keys()) this.leave(groupId, userId);
    this.#members.delete(groupId);
    this.#owners.delete(groupId);
    this.#byRule.delete(groupId);
    this.#moved.delete(groupId);
    this.groups.delete(groupId);
  }

  /** The user without profile and credentials: the same object for the same state of the user, so that its text can be kept. */
  skinnyUser(user: OktaObject): OktaObject {
    const known = this.#skinny.get(user);
    if (known) return known;
    const { credentials: _credentials, ...rest } = user;
    const made = { ...rest, id: user.id, profile: {} };
    this.#skinny.set(user, made);
    return made;
  }

  findUser(idOrLogin: string): OktaObject | undefined {
    const byId = this.users.get(idOrLogin);
    if (byId || !idOrLogin.includes('@')) return byId;
    for (const user of this.users.values()) {
      const profile = user['profile'];
      if (typeof profile === 'object' && profile !== null && 'login' in profile && profile.login === idOrLogin) return user;
    }
    return undefined;
  }

  #movedNow(groupId: string): void {
    this.#moves += 1;
    this.#moved.set(groupId, this.#moves);
  }
}
