import type { Json, JsonObject, OktaObject, Org } from '@castellan/okta-simulator';

/**
 * Whom a check must name, by the provider's own objects, as ids of theirs; of what ties two together both, with a bar between.
 * @param now milliseconds @param firstRead when everything had been read for the first time
 */
export type Key = (org: Org, now: number, firstRead: number) => readonly string[];
/** By the id of a check. */
export type Keys = Readonly<Record<string, Key>>;

export const DAY = 86_400_000;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path, or nothing where the path ends early. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return found;
}

export function text(value: Json | undefined, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function texts(value: Json | undefined, ...path: readonly string[]): readonly string[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string') : [];
}

export function number(value: Json | undefined, ...path: readonly string[]): number {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : Number.NaN;
}

/** Milliseconds; of what never was: not a number, which is neither before nor after anything. */
export function time(value: Json | undefined, ...path: readonly string[]): number {
  return Date.parse(text(value, ...path));
}

export const ids = (objects: readonly OktaObject[]): readonly string[] => objects.map(({ id }) => id);

/** One finding of the whole organisation, or none. */
export const organisation = (isWeak: boolean): readonly string[] => (isWeak ? ['organisation'] : []);

export const usersOf = (org: Org): readonly OktaObject[] => [...org.directory.users.values()];
export const groupsOf = (org: Org): readonly OktaObject[] => [...org.directory.groups.values()];
export const appsOf = (org: Org): readonly OktaObject[] =>
  [...org.applications.apps.values()].filter((app) => app['status'] === 'ACTIVE');
export const idpsOf = (org: Org): readonly OktaObject[] =>
  [...org.identityProviders.idps.values()].filter((idp) => idp['status'] === 'ACTIVE');
export const rulesOf = (org: Org): readonly OktaObject[] =>
  [...org.directory.rules.values()].filter((rule) => rule['status'] === 'ACTIVE');

/** What the simulator serves as it stands, by the name of its list. */
export const listed = (org: Org, name: string): readonly JsonObject[] => [...org.list(name).values()];
export const idOf = (object: JsonObject): string => text(object, 'id');

/** Not switched off for good. */
export const isThere = (user: OktaObject): boolean => user['status'] !== 'DEPROVISIONED';
export const isClientOf = (app: OktaObject, type: string): boolean =>
  text(app, 'settings', 'oauthClient', 'application_type') === type;

/** Who has which role, each assignment once: of a user, of a group, of a client. */
export interface Assignment {
  readonly kind: 'user' | 'group' | 'client';
  readonly holder: string;
  /** `SUPER_ADMIN`, or the id of one that was made here. */
  readonly role: string;
  readonly object: OktaObject;
  readonly resourceSet: string;
  /** Groups and applications that it is narrowed to. */
  readonly groups: readonly string[];
  readonly apps: readonly string[];
}

export function assignmentsOf(org: Org): readonly Assignment[] {
  const kinds = ['user', 'group', 'client'] as const;
  return kinds.flatMap((kind) =>
    org.administration.holders(kind).flatMap((holder) =>
      [...org.administration.assignments({ kind, id: holder }).values()].map(({ object, groupTargets, appTargets }) => ({
        kind,
        holder,
        role: text(object, 'type') === 'CUSTOM' ? text(object, 'role') : text(object, 'type'),
        object,
        resourceSet: text(object, 'resource-set'),
        groups: groupTargets,
        apps: appTargets,
      })),
    ),
  );
}

/** Roles of everybody who has any, their own and those of their groups, by user; of those who are not switched off. */
export function administratorsOf(org: Org): ReadonlyMap<string, ReadonlySet<string>> {
  const roles = new Map<string, Set<string>>();
  for (const { kind, holder, role } of assignmentsOf(org)) {
    const holders = kind === 'user' ? [holder] : kind === 'group' ? [...org.directory.members(holder).keys()] : [];
    for (const user of holders) roles.set(user, (roles.get(user) ?? new Set()).add(role));
  }
  for (const user of roles.keys()) {
    const account = org.directory.users.get(user);
    if (account === undefined || !isThere(account)) roles.delete(user);
  }
  return roles;
}

export function administratorAccounts(org: Org): readonly OktaObject[] {
  const roles = administratorsOf(org);
  return usersOf(org).filter(({ id }) => roles.has(id));
}

export const isSuper = (roles: ReadonlySet<string> | undefined): boolean => roles?.has('SUPER_ADMIN') === true;

export interface SeenEvent {
  readonly type: string;
  readonly at: number;
  readonly actor: string;
  readonly actorType: string;
  readonly result: string;
  readonly targets: readonly { readonly type: string; readonly id: string }[];
}

export function eventsOf(org: Org): readonly SeenEvent[] {
  return Array.from({ length: org.log.length }, (_, index) => {
    const event = org.log.eventAt(index);
    const targets = at(event, 'target');
    return {
      type: text(event, 'eventType'),
      at: time(event, 'published'),
      actor: text(event, 'actor', 'id'),
      actorType: text(event, 'actor', 'type'),
      result: text(event, 'outcome', 'result'),
      targets: (Array.isArray(targets) ? targets : []).map((one) => ({ type: text(one, 'type'), id: text(one, 'id') })),
    };
  });
}

/** Who has opened which application, and when. */
export function openings(org: Org): readonly { readonly user: string; readonly app: string; readonly at: number }[] {
  return eventsOf(org)
    .filter(({ type, actorType, result }) => type === 'user.authentication.sso' && actorType === 'User' && result === 'SUCCESS')
    .flatMap(({ actor, targets, at: when }) => {
      const app = targets.find((target) => target.type === 'AppInstance');
      return app === undefined ? [] : [{ user: actor, app: app.id, at: when }];
    });
}
