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

  appsOfGroup(groupId: string): ReadonlySet<string> {
    return this.#appsOfGroup.get(groupId) ?? new Set<string>();
  }

  assignUser(appId: string, userId: string, object?: OktaObject): void {
    this.direct(appId).set(userId, object);
  }

  unassignUser(appId: string, userId: string): boolean {
    return this.direct(appId).delete(userId);
  }

  assignGroup(appId: string, assignment: OktaObject): void {
    this.groups(appId).set(assignment.id, assignment);
    const apps = this.#appsOfGroup.get(assignment.id);
    if (apps) apps.add(appId);
    else this.#appsOfGroup.set(assignment.id, new Set([appId]));
  }

  unassignGroup(appId: string, groupId: string): boolean {
    this.#appsOfGroup.get(groupId)?.delete(appId);
    return this.groups(appId).delete(groupId);
  }

  forgetApp(appId: string): void {
    for (const groupId of this.groups(appId).keys()) this.unassignGroup(appId, groupId);
    this.#groups.delete(appId);
    this.#direct.delete(appId);
    this.apps.delete(appId);
  }

  forgetUser(userId: string): void {
    for (const assigned of this.#direct.values()) assigned.delete(userId);
  }

  forgetGroup(groupId: string): void {
    for (const appId of this.appsOfGroup(groupId)) this.unassignGroup(appId, groupId);
    this.#appsOfGroup.delete(groupId);
  }
}
