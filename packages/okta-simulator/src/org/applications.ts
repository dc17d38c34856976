import type { OktaObject } from '../json/json.js';
import { Sequence } from './sequence.js';

/** Makes the app user that Okta would show for an assignment that nobody recorded. */
export type RenderAppUser = (app: OktaObject, userId: string, viaGroup: string | undefined) => OktaObject;

/** Applications and who is assigned to them. */
export class Applications {
  readonly apps = new Sequence<OktaObject>();
  /** Direct assignments. `undefined` value: rendered when asked, so that a million assignments cost a key each. */
  readonly #direct = new Map<string, Map<string, OktaObject | undefined>>();
  readonly #groups = new Map<string, Sequence<OktaObject>>();
  readonly #appsOfGroup = new Map<string, Set<string>>();
  readonly #versions = new Map<string, number>();
  readonly #pushes = new Map<string, Sequence<OktaObject>>();

  direct(appId: string): Map<string, OktaObject | undefined> {
    const known = this.#direct.get(appId);
    if (known) return known;
    const created = new Map<string, OktaObject | undefined>();
    this.#direct.set(appId, created);
    return created;
  }

  groups(appId: string): Sequence<OktaObject> {
    const known = this.#groups.get(appId);
    if (known) return known;
    const created = new Sequence<OktaObject>();
    this.#groups.set(appId, created);
    return created;
  }

  /** Grows with every change of who is assigned to the app, directly or by a group's assignment. */
  version(appId: string): number {
    return this.#versions.get(appId) ?? 0;
  }

  /** Groups that are written into the app, by the id of the mapping. */
  pushes(appId: string): Sequence<OktaObject> {
    const known = this.#pushes.get(appId);
    if (known) return known;
    const created = new Sequence<OktaObject>();
    this.#pushes.set(appId, created);
    return created;
  }

  /** How many apps a group is written into. */
  pushCount(groupId: string): number {
    let count = 0;
    for (const mappings of this.#pushes.values()) {
      for (const mapping of mappings.values()) if (mapping['sourceGroupId'] === groupId) count += 1;
    }
    return count;
  }

  appsOfGroup(groupId: string): ReadonlySet<string> {
    return this.#appsOfGroup.get(groupId) ?? new Set<string>();
  }

  assignUser(appId: string, userId: string, object?: OktaObject): void {
    this.direct(appId).set(userId, object);
    this.#changed(appId);
  }

  unassignUser(appId: string, userId: string): boolean {
    this.#changed(appId);
    return this.direct(appId).delete(userId);
  }

  assignGroup(appId: string, assignment: OktaObject): void {
    this.groups(appId).set(assignment.id, assignment);
    this.#changed(appId);
    const apps = this.#appsOfGroup.get(assignment.id);
    if (apps) apps.add(appId);
    else this.#appsOfGroup.set(assignment.id, new Set([appId]));
  }

  unassignGroup(appId: string, groupId: string): boolean {
    this.#appsOfGroup.get(groupId)?.delete(appId);
    this.#changed(appId);
    return this.groups(appId).delete(groupId);
  }

  forgetApp(appId: string): void {
    for (const groupId of this.groups(appId).keys()) this.unassignGroup(appId, groupId);
    this.#groups.delete(appId);
    this.#direct.delete(appId);
    this.#pushes.delete(appId);
    this.apps.delete(appId);
  }

  forgetUser(userId: string): void {
    for (const [appId, assigned] of this.#direct) {
      if (assigned.delete(userId)) this.#changed(appId);
    }
  }

  forgetGroup(groupId: string): void {
    for (const appId of this.appsOfGroup(groupId)) this.unassignGroup(appId, groupId);
    this.#appsOfGroup.delete(groupId);
    for (const mappings of this.#pushes.values()) {
      for (const mapping of mappings.values()) {
        if (mapping['sourceGroupId'] === groupId) mappings.delete(mapping.id);
      }
    }
  }

  #changed(appId: string): void {
    this.#versions.set(appId, this.version(appId) + 1);
  }
}
