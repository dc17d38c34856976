import { makeId, makeUuid } from '../generator/ids.js';
import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt, timeOf } from '../json/json.js';
import type { EventDraft, EventParty } from '../system-log/event.js';
import { buildEvent } from '../system-log/event.js';
import { SystemLog } from '../system-log/system-log.js';
import { AccountLists } from './account-lists.js';
import { Administration } from './administration.js';
import type { RenderAppUser } from './applications.js';
import { Applications } from './applications.js';
import { Directory } from './directory.js';
import { IdentityProviders } from './identity-providers.js';
import { Links } from './links.js';
import { Sequence } from './sequence.js';

export interface OrgSettings {
  readonly baseUrl: string;
  readonly now: () => Date;
  readonly seed: number;
  /**
   * Whether edges follow from others (group assignment -> app users, group role -> user role rows). True for a generated org.
   * False for recorded objects: those are served as they were recorded and nothing is added to them.
   */
  readonly derive: boolean;
  /**
   * Whether a change that assigns or unassigns people through a group is written once more for each of them
   * (`application.user_membership.*`). Absent: no, only the group's event is written, and a reader has to draw the conclusion.
   */
  readonly eventsForGroupAssignments?: boolean;
  /**
   * What becomes of somebody whom a group rule has put into a group and who is taken out by hand. `return`, or absent: the rule
   * puts them back. `excluded`: they stand among the rule's exceptions from then on.
   */
  readonly ruleMembers?: 'return' | 'excluded';
}

export interface EffectiveAssignment {
  readonly userId: string;
  readonly viaGroup: string | undefined;
}

/** Who does something, from where and with what, and when. What is left out is as the change itself says, and now. */
export type Circumstances = Partial<Omit<EventDraft, 'uuid' | 'published' | 'eventType' | 'displayMessage' | 'targets'>> & {
  readonly at?: Date;
};

interface CachedAssignments {
  readonly version: string;
  readonly list: readonly EffectiveAssignment[];
}

/** What the org is, and how one part of it follows from another. Changes are made by the classes that extend it. */
export class OrgState {
  readonly id: string;
  readonly links: Links;
  readonly directory = new Directory();
  readonly applications = new Applications();
  readonly administration = new Administration();
  readonly identityProviders = new IdentityProviders();
  readonly factors = new AccountLists();
  /** As `GET /users/{id}/devices` shows them: a device inside of what ties it to the account. */
  readonly devices = new AccountLists<JsonObject>();
  readonly refreshTokens = new AccountLists();
  /** Scopes that a person has let a client have. */
  readonly consents = new AccountLists();
  readonly log = new SystemLog();
  /** Lists that are only served, by name of the recorded file: authenticators, policies, zones and the like. */
  readonly lists = new Map<string, Sequence<JsonObject>>();
  readonly settings: OrgSettings;
  /** No page holds more, whatever is asked for: a client must not count on a page being full. */
  largestPage = Number.POSITIVE_INFINITY;
  protected renderAppUser: RenderAppUser;
  #serial = 0;
  #silent = false;
  #circumstances: Circumstances = {};
  readonly #assignments = new Map<string, CachedAssignments>();

  constructor(settings: OrgSettings) {
    this.settings = settings;
    this.id = makeId('00o', settings.seed, 0);
    this.links = new Links(settings.baseUrl);
    this.renderAppUser = (app, userId, viaGroup) => this.plainAppUser(app, userId, viaGroup);
  }

  list(name: string): Sequence<JsonObject> {
    const known = this.lists.get(name) ?? new Sequence<JsonObject>();
    this.lists.set(name, known);
    return known;
  }

  renderAppUsersWith(render: RenderAppUser): void {
    this.renderAppUser = render;
  }

  /** Runs changes that leave no trace in the System Log: the missed event that only a full comparison finds. */
  silently<T>(change: () => T): T {
    const before = this.#silent;
    this.#silent = true;
    try {
      return change();
    } finally {
      this.#silent = before;
    }
  }

  /** Runs changes as somebody's doing: each of their events says so, and their dates are those of that moment. */
  under<T>(circumstances: Circumstances, change: () => T): T {
    const before = this.#circumstances;
    this.#circumstances = circumstances;
    try {
      return change();
    } finally {
      this.#circumstances = before;
    }
  }

  /** For later: the change as the doing of whoever acts now. */
  sameCircumstances(change: () => void): () => void {
    const { at: _at, ...circumstances } = this.#circumstances;
    return () => this.under(circumstances, change);
  }

  /** Everybody who is assigned to the app, each once, ordered by user id: a direct assignment hides one through a group. */
  effectiveAssignments(appId: string): readonly EffectiveAssignment[] {
    const version = this.#assignmentVersion(appId);
    const cached = this.#assignments.get(appId);
    if (cached?.version === version) return cached.list;
    const via = new Map<string, string | undefined>();
    for (const userId of this.applications.direct(appId).keys()) via.set(userId, undefined);
    if (this.settings.derive) this.#addGroupAssignments(appId, via);
    const list = [...via.keys()].toSorted().map((userId) => ({ userId, viaGroup: via.get(userId) }));
    this.#assignments.set(appId, { version, list });
    return list;
  }

  /** One person's assignment, found without the list: a refresh that follows the log asks for thousands of single ones. */
  assignmentOf(appId: string, userId: string): EffectiveAssignment | undefined {
    if (this.applications.direct(appId).has(userId)) return { userId, viaGroup: undefined };
    if (!this.settings.derive) return undefined;
    for (const groupId of this.applications.groups(appId).keys()) {
      if (this.directory.members(groupId).has(userId)) return { userId, viaGroup: groupId };
    }
    return undefined;
  }

  /** Changes when the app's assignments or the members of an assigned group do, and with no other change of the org. */
  #assignmentVersion(appId: string): string {
    let moved = 0;
    if (this.settings.derive) {
      for (const groupId of this.applications.groups(appId).keys()) {
        moved = Math.max(moved, this.directory.membershipVersion(groupId));
      }
    }
    return `${this.applications.version(appId)}:${moved}`;
  }

  #addGroupAssignments(appId: string, via: Map<string, string | undefined>): void {
    for (const groupId of this.applications.groups(appId).keys()) {
      for (const userId of this.directory.members(groupId).keys()) {
        if (!via.has(userId)) via.set(userId, groupId);
      }
    }
  }

  appUser(app: OktaObject, assignment: EffectiveAssignment): OktaObject {
    const recorded = this.applications.direct(app.id).get(assignment.userId);
    return recorded ?? this.renderAppUser(app, assignment.userId, assignment.viaGroup);
  }

  /** Users with a role, their own or a group's, ordered by id. */
  roleAssignees(): readonly string[] {
    const ids = new Set([...this.administration.holders('user'), ...this.administration.recordedAssignees.keys()]);
    if (!this.settings.derive) return [...ids].toSorted();
    for (const groupId of this.administration.holders('group')) {
      for (const userId of this.directory.members(groupId).keys()) ids.add(userId);
    }
    return [...ids].toSorted();
  }

  appsOf(userId: string): readonly OktaObject[] {
    const ids = new Set<string>();
    for (const groupId of this.directory.groupsOf(userId)) {
      for (const appId of this.applications.appsOfGroup(groupId)) ids.add(appId);
    }
    return [...this.applications.apps.values()].filter(
      (app) => ids.has(app.id) || this.applications.direct(app.id).has(userId),
    );
  }

  groupStats(groupId: string): JsonObject {
    return {
      usersCount: this.directory.memberCount(groupId),
      appsCount: this.applications.appsOfGroup(groupId).size,
      groupPushMappingsCount: this.applications.pushCount(groupId),
      hasAdminPrivilege: this.administration.holdsRole({ kind: 'group', id: groupId }),
    };
  }

  protected now(): Date {
    return this.#circumstances.at ?? this.settings.now();
  }

  protected nowText(): string {
    return this.now().toISOString();
  }

  protected newId(prefix: string): string {
    this.#serial += 1;
    // Far above every number the generator uses, so an object made later never takes the id of a generated one.
    return makeId(prefix, this.settings.seed, 500_000_000 + this.#serial);
  }

  /** The time for `lastUpdated`: never the same twice for one object, or a filter by date would miss the second change. */
  protected after(previous: JsonObject, field = 'lastUpdated'): string {
    const before = timeOf(previous[field]) ?? 0;
    return new Date(Math.max(this.now().getTime(), before + 1)).toISOString();
  }

  /** Writes an event of this moment to the System Log, by an administrator unless told otherwise, and returns it. */
  emit(draft: Pick<EventDraft, 'eventType' | 'displayMessage'> & Partial<EventDraft>): JsonObject | undefined {
    if (this.#silent) return undefined;
    this.#serial += 1;
    const now = this.now();
    const { at: _at, ...circumstances } = this.#circumstances;
    const debugData = { ...circumstances.debugData, ...draft.debugData };
    const event = buildEvent({
      uuid: makeUuid(this.settings.seed, 'change', this.#serial),
      published: now.toISOString(),
      ...circumstances,
      ...draft,
      actor: this.#actorOf(draft.actor),
      debugData,
    });
    this.log.append(event, now.getTime());
    return event;
  }

  /** What a machine does of itself is not the doing of whoever has caused it. */
  #actorOf(named: EventParty | undefined): EventParty {
    if (named?.type === 'SystemPrincipal') return named;
    return this.#circumstances.actor ?? named ?? this.systemActor();
  }

  protected systemActor(): EventParty {
    return {
      id: makeId('00u', this.settings.seed, 499_999_999),
      type: 'User',
      alternateId: 'system@okta.com',
      displayName: 'Okta System',
    };
  }

  /** Whoever acts when nobody does: a group rule, an import. */
  machineActor(): EventParty {
    return { ...this.systemActor(), type: 'SystemPrincipal' };
  }

  userParty(user: OktaObject): EventParty {
    const first = textAt(user, 'profile', 'firstName') ?? '';
    const last = textAt(user, 'profile', 'lastName') ?? '';
    const login = textAt(user, 'profile', 'login') ?? user.id;
    return { id: user.id, type: 'User', alternateId: login, displayName: `${first} ${last}`.trim() || login };
  }

  groupParty(group: OktaObject): EventParty {
    return {
      id: group.id,
      type: 'UserGroup',
      alternateId: 'unknown',
      displayName: textAt(group, 'profile', 'name') ?? group.id,
    };
  }

  appParty(app: OktaObject): EventParty {
    const label = textAt(app, 'label') ?? app.id;
    return { id: app.id, type: 'AppInstance', alternateId: label, displayName: label };
  }

  protected plainAppUser(app: OktaObject, userId: string, viaGroup: string | undefined): OktaObject {
    const user = this.directory.users.get(userId);
    const created = textAt(app, 'created') ?? this.nowText();
    return {
      id: userId,
      externalId: null,
      created,
      lastUpdated: created,
      scope: viaGroup === undefined ? 'USER' : 'GROUP',
      status: 'ACTIVE',
      statusChanged: created,
      passwordChanged: null,
      syncState: 'DISABLED',
      credentials: { userName: textAt(user, 'profile', 'login') ?? userId },
      profile: {},
      _links: this.links.appUser(app.id, userId, viaGroup),
    };
  }
}
