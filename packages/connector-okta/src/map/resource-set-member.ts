import { edgeKey, type ResourceSetMember, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

type Kind = ResourceSetMember['resourceKind'];

/** Words for a kind of resource, in Okta's names of resources and in the paths of its API. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['users', 'account'],
  ['groups', 'group'],
  ['apps', 'application'],
  ['idps', 'identity_provider'],
  ['identity_providers', 'identity_provider'],
  ['identity-providers', 'identity_provider'],
  ['policies', 'policy'],
  ['devices', 'device'],
  ['roles', 'role'],
]);

/** What of a group's are its members: `contained_resources` in a name, `users` in a path. */
const MEMBERS: ReadonlySet<string> = new Set(['contained_resources', 'users']);

/** A resource set, in what its members need of it. */
export interface ResourceSet {
  readonly key: string;
  readonly label: string | null;
}

export function mapResourceSet(value: unknown, drift: Drift): ResourceSet | null {
  const set = ObjectReader.of(value, 'resource set', drift, EXPOSURE_FIELDS.resourceSet);
  const key = set?.id('id') ?? null;
  return set === null || key === null ? null : { key, label: set.string('label') };
}

/**
 * A resource as `GET /iam/resource-sets/{id}/resources` lists it. The row's key is by Okta's id of it: a set may hold a group
 * and the members of the same group, and everything of two kinds.
 */
export function mapResourceSetMember(
  value: unknown,
  set: ResourceSet,
  drift: Drift,
): SourceRecord<'resource_set_member'> | null {
  const item = ObjectReader.of(value, 'resource', drift, EXPOSURE_FIELDS.resource);
  const id = item?.id('id') ?? null;
  if (item === null || id === null) return null;
  const name = item.filled('orn');
  const href = item.child('_links').child('self').string('href');
  const found = (name === null ? undefined : byName(name)) ?? (href === null ? undefined : byPath(href));
  if (found === undefined) drift.note('resource', 'orn', 'unknown value', 'string');
  return {
    kind: 'resource_set_member',
    key: edgeKey(set.key, id),
    partition: set.key,
    data: {
      resourceSet: set.key,
      setName: set.label,
      resourceKind: found?.kind ?? 'unknown',
      resource: found === undefined ? (name ?? href) : found.resource,
      createdAt: item.instant('created'),
      updatedAt: item.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}

interface Resource {
  readonly kind: Kind;
  /** `null`: all of the kind. */
  readonly resource: string | null;
}

/**
 * `orn:okta:directory:{org}:groups:{id}:contained_resources`, `orn:okta:idp:{org}:apps:{type}:{id}`; some leave the service out.
 * Source: Okta, "Role assignment", supported resources.
 */
function byName(name: string): Resource | undefined {
  const parts = name.split(':');
  // Roles, resource sets and who administers, in one.
  if (parts[2] === 'iam' && parts.at(-1) === 'contained_resources') return { kind: 'role', resource: null };
  return read(parts.slice(2));
}

/** `https://acme.okta.com/api/v1/groups/{id}/users`, `.../api/v1/apps?filter=name+eq+"slack"`. */
function byPath(href: string): Resource | undefined {
  if (!URL.canParse(href)) return undefined;
  const { pathname, searchParams } = new URL(href);
  const parts = pathname.split('/').filter((part) => part !== '' && part !== 'iam');
  const type = /^name eq "([^"]+)"$/.exec(searchParams.get('filter') ?? '')?.[1];
  return read([...parts, ...(type === undefined ? [] : [type])]);
}

function read(parts: readonly string[]): Resource | undefined {
  const at = parts.findIndex((part) => KINDS.has(part));
  const kind = KINDS.get(parts[at] ?? '');
  if (kind === undefined) return undefined;
  const [id, inside] = parts.slice(at + 1);
  if (id === undefined) return { kind, resource: null };
  if (kind === 'group' && inside !== undefined && MEMBERS.has(inside)) return { kind: 'accounts_of_group', resource: id };
  // An application's type stands before its id, and alone for all of that type: there it is the catalogue's name, as in targets of roles.
  return { kind, resource: kind === 'application' ? (inside ?? id) : id };
}
