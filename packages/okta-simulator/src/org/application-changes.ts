import { makeId } from '../generator/ids.js';
import { hashOf } from '../generator/random.js';
import type { JsonObject, OktaObject } from '../json/json.js';
import { objectAt, textAt } from '../json/json.js';
import type { UserStatus } from './directory-changes.js';
import { DirectoryChanges, found } from './directory-changes.js';

export interface NewApp {
  readonly label: string;
  readonly name?: string;
  readonly signOnMode?: string;
  readonly features?: readonly string[];
  readonly settings?: JsonObject;
  readonly credentials?: JsonObject;
}

/** Changes to applications and their assignments. */
export class ApplicationChanges extends DirectoryChanges {
  addApp(input: NewApp): OktaObject {
    const id = this.newId('0oa');
    const now = this.nowText();
    const app = {
      id,
      orn: `orn:okta:idp:${this.id}:apps:bookmark:${id}`,
      name: input.name ?? 'bookmark',
      label: input.label,
      status: 'ACTIVE',
      created: now,
      lastUpdated: now,
      accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
      visibility: { autoSubmitToolbar: false, hide: { iOS: false, web: false }, appLinks: { login: true } },
      features: input.features ?? [],
      signOnMode: input.signOnMode ?? 'BOOKMARK',
      credentials: input.credentials ?? {},
      settings: input.settings ?? { app: { requestIntegration: false, url: 'https://intranet.example.com' } },
      _links: this.links.app(id),
    };
    this.applications.apps.set(id, app);
    this.emit({
      eventType: 'application.lifecycle.create',
      displayMessage: 'Create application',
      targets: [this.appParty(app)],
    });
    return app;
  }

  updateApp(appId: string, patch: JsonObject): OktaObject {
    const app = this.app(appId);
    const changed = { ...app, ...patch, id: app.id, lastUpdated: this.after(app) };
    this.applications.apps.set(appId, changed);
    const event = { eventType: 'application.lifecycle.update', displayMessage: 'Update application' };
    this.emit({ ...event, targets: [this.appParty(changed)] });
    return changed;
  }

  setAppStatus(appId: string, status: 'ACTIVE' | 'INACTIVE'): OktaObject {
    const app = this.app(appId);
    const changed = { ...app, status, lastUpdated: this.after(app) };
    this.applications.apps.set(appId, changed);
    const verb = status === 'ACTIVE' ? 'activate' : 'deactivate';
    this.emit({
      eventType: `application.lifecycle.${verb}`,
      displayMessage: `Application ${verb}d`,
      targets: [this.appParty(changed)],
    });
    return changed;
  }

  deleteApp(appId: string): void {
    const app = this.app(appId);
    this.applications.forgetApp(appId);
    const clientId = textAt(app, 'credentials', 'oauthClient', 'client_id') ?? appId;
    this.administration.forget({ kind: 'client', id: clientId });
    this.emit({
      eventType: 'application.lifecycle.delete',
      displayMessage: 'Delete application',
      targets: [this.appParty(app)],
    });
  }

  assignUser(appId: string, userId: string): void {
    const app = this.app(appId);
    const user = this.user(userId);
    if (this.applications.direct(appId).has(userId)) return;
    const now = this.nowText();
    const rendered = this.renderAppUser(app, userId, undefined);
    this.applications.assignUser(appId, userId, { ...rendered, created: now, lastUpdated: now, statusChanged: now });
    this.#membershipEvent('add', app, user);
  }

  unassignUser(appId: string, userId: string): void {
    const app = this.app(appId);
    const user = this.user(userId);
    if (!this.applications.unassignUser(appId, userId)) return;
    this.#membershipEvent('remove', app, user);
  }

  updateAppUser(appId: string, userId: string, patch: JsonObject): OktaObject {
    const app = this.app(appId);
    const assignment = this.assignmentOf(appId, userId);
    const before = this.appUser(app, found(assignment, 'assignment of the user', userId));
    const profile = { ...objectAt(before, 'profile'), ...objectAt(patch, 'profile') };
    const changed = { ...before, ...patch, id: userId, scope: 'USER', profile, lastUpdated: this.after(before) };
    this.applications.assignUser(appId, userId, changed);
    this.#membershipEvent('update', app, this.user(userId));
    return changed;
  }

  assignGroup(appId: string, groupId: string): void {
    const app = this.app(appId);
    const group = this.group(groupId);
    const had = this.#peopleOf(appId);
    this.applications.assignGroup(appId, this.groupAssignment(appId, groupId, this.nowText()));
    const targets = [this.appParty(app), this.groupParty(group)];
    this.emit({ eventType: 'group.application_assignment.add', displayMessage: 'Assign app to group', targets });
    this.#eachOf(groupId, (user) => !had.has(user.id), 'add', app);
  }

  unassignGroup(appId: string, groupId: string): void {
    const app = this.app(appId);
    const group = this.group(groupId);
    if (!this.applications.unassignGroup(appId, groupId)) return;
    const targets = [this.appParty(app), this.groupParty(group)];
    this.emit({ eventType: 'group.application_assignment.remove', displayMessage: 'Remove app from group', targets });
    const has = this.#peopleOf(appId);
    this.#eachOf(groupId, (user) => !has.has(user.id), 'remove', app);
  }

  /** Another priority or profile for everybody who has the app through the group. */
  updateGroupAssignment(appId: string, groupId: string, patch: JsonObject): OktaObject {
    const app = this.app(appId);
    const before = found(this.applications.groups(appId).get(groupId), 'assignment of the group', groupId);
    const changed = { ...before, ...patch, id: groupId, lastUpdated: this.after(before) };
    this.applications.assignGroup(appId, changed);
    const targets = [this.appParty(app), this.groupParty(this.group(groupId))];
    this.emit({ eventType: 'group.application_assignment.update', displayMessage: 'Update app of group', targets });
    return changed;
  }

  /** A deactivated person loses the apps that were given to them alone (Okta: "deprovisions apps"), with an event for each. */
  override setStatus(userId: string, status: UserStatus): OktaObject {
    const changed = super.setStatus(userId, status);
    if (status !== 'DEPROVISIONED') return changed;
    for (const app of this.applications.apps.values()) {
      if (this.applications.unassignUser(app.id, userId)) this.#membershipEvent('remove', app, changed);
    }
    return changed;
  }

  groupAssignment(appId: string, groupId: string, lastUpdated: string, priority = 0): OktaObject {
    return { id: groupId, lastUpdated, priority, profile: {}, _links: this.links.appGroup(appId, groupId) };
  }

  protected app(appId: string): OktaObject {
    return found(this.applications.apps.get(appId), 'application', appId);
  }

  protected override accessMoved(verb: 'add' | 'remove', groupId: string, user: OktaObject): void {
    if (!this.settings.eventsForGroupAssignments) return;
    for (const appId of this.applications.appsOfGroup(groupId)) {
      const still = this.assignmentOf(appId, user.id);
      const moved = verb === 'remove' ? still === undefined : still?.viaGroup === groupId;
      if (moved) this.#membershipEvent(verb, this.app(appId), user, this.machineActor());
    }
  }

  #peopleOf(appId: string): ReadonlySet<string> {
    if (!this.settings.eventsForGroupAssignments) return new Set();
    return new Set(this.effectiveAssignments(appId).map(({ userId }) => userId));
  }

  #eachOf(groupId: string, moved: (user: OktaObject) => boolean, verb: 'add' | 'remove', app: OktaObject): void {
    if (!this.settings.eventsForGroupAssignments) return;
    for (const userId of this.directory.members(groupId).keys()) {
      const user = this.user(userId);
      if (moved(user)) this.#membershipEvent(verb, app, user, this.machineActor());
    }
  }

  #membershipEvent(verb: 'add' | 'remove' | 'update', app: OktaObject, user: OktaObject, actor = this.systemActor()): void {
    const eventType = `application.user_membership.${verb}`;
    const person = this.userParty(user);
    // An AppUser has an id of its own in the log, unlike in the API: only the User target says who it is.
    const appUser = { ...person, id: makeId('0ua', this.settings.seed, hashOf(app.id, user.id)), type: 'AppUser' };
    this.emit({ eventType, displayMessage: `App user ${verb}`, actor, targets: [appUser, this.appParty(app), person] });
  }
}
