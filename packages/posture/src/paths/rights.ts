import type { RolePower } from '@castellan/connector-sdk';
import type { Queries } from '@castellan/storage';
import type { PathStepKind } from '@castellan/api';
import { roleLabel, TIER_ZERO_POWERS } from '../sql/roles.js';
import { type NodeId, nodeId } from './attack-graph.js';

const OBJECT_KINDS = ['accounts', 'groups', 'applications', 'secrets', 'identity_providers'] as const;
/** What a right is over. */
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** All of a kind, the members of a group, or one object; `guarded`: but not those that have a role themselves. */
export interface Scope {
  readonly objects: ObjectKind;
  readonly within: { readonly type: 'all' } | { readonly type: 'members_of' | 'one'; readonly key: string };
  readonly guarded: boolean;
}

export function scopeId({ objects, within, guarded }: Scope): NodeId {
  const which = within.type === 'all' ? 'all' : `${within.type}=${within.key}`;
  return nodeId('set', `${objects} ${guarded ? 'without a role' : 'any'} ${which}`);
}

const SET = /^(\w+) (without a role|any) (?:(all)|(members_of|one)=(.*))$/s;

/** What {@link scopeId} has put together, from the key of its node; `undefined` for anything else. */
export function readScope(key: string): Scope | undefined {
  const [, objects, guard, all, type, within] = SET.exec(key) ?? [];
  const kind = OBJECT_KINDS.find((candidate) => candidate === objects);
  if (kind === undefined) return undefined;
  const guarded = guard === 'without a role';
  if (all !== undefined) return { objects: kind, within: { type: 'all' }, guarded };
  return { objects: kind, within: { type: type === 'one' ? 'one' : 'members_of', key: within ?? '' }, guarded };
}

/** Somebody may do something to all that a scope covers. */
export interface Right {
  readonly holder: NodeId;
  readonly scope: Scope;
  readonly step: PathStepKind;
  /** The role's name. */
  readonly because: string;
}

/** Each power as a step, the shortest to another's rights first: of several over the same objects one is enough. */
const STEPS: readonly (readonly [power: RolePower, objects: ObjectKind, step: PathStepKind])[] = [
  ['reset_passwords', 'accounts', 'resets_password'],
  ['reset_authenticators', 'accounts', 'resets_authenticators'],
  ['manage_accounts', 'accounts', 'manages_account'],
  ['manage_memberships', 'groups', 'adds_member'],
  ['manage_groups', 'groups', 'adds_member'],
  ['manage_applications', 'applications', 'manages_application'],
  ['read_client_secrets', 'secrets', 'reads_secret'],
  ['manage_identity_providers', 'identity_providers', 'manages_identity_provider'],
];

interface AssignmentRow {
  readonly role: string;
  readonly label: string;
  readonly powers: readonly RolePower[];
  readonly overAdministrators: boolean | null;
  readonly principalKind: 'account' | 'group' | 'client';
  readonly principal: string;
  readonly targetKind: 'group' | 'application' | 'resource_set' | null;
  readonly target: string | null;
}

interface ResourceRow {
  readonly resourceSet: string;
  readonly resourceKind: string;
  readonly resource: string | null;
}

export interface Rights {
  /** Groups and clients that hold a role which is tier zero in itself. */
  readonly tierZero: readonly NodeId[];
  readonly rights: readonly Right[];
}

/** What roles let their holders do, and to whom. A role whose powers the provider does not say gives none. */
export async function readRights(queries: Queries, integrationId: string): Promise<Rights> {
  const assignments = await queries.query<AssignmentRow>(
    `SELECT s.role, ${roleLabel('s.role')} AS label, coalesce(r.powers, '{}') AS powers, r.over_administrators AS "overAdministrators",
       s.principal_kind AS "principalKind", s.principal, s.target_kind AS "targetKind", s.target
     FROM role_assignments s JOIN roles r ON r.integration_id = s.integration_id AND r.key = s.role COLLATE "C" AND r.removed_at IS NULL
     WHERE s.integration_id = $1 AND s.removed_at IS NULL`,
    [integrationId],
  );
  const resources = await queries.query<ResourceRow>(
    `SELECT resource_set AS "resourceSet", resource_kind AS "resourceKind", resource FROM resource_set_members
     WHERE integration_id = $1 AND removed_at IS NULL`,
    [integrationId],
  );
  const bySet = new Map<string, ResourceRow[]>();
  for (const resource of resources) bySet.set(resource.resourceSet, [...(bySet.get(resource.resourceSet) ?? []), resource]);
  const tierZero = assignments
    .filter((one) => isTierZero(one) && one.principalKind !== 'account')
    .map(({ principalKind, principal }) => nodeId(principalKind, principal));
  const rights = assignments
    .filter((one) => !isTierZero(one))
    .flatMap((one) => rightsOf(one, bySet.get(one.target ?? '') ?? []));
  return { tierZero: [...new Set(tierZero)], rights };
}

function isTierZero({ powers }: AssignmentRow): boolean {
  return TIER_ZERO_POWERS.some((power) => powers.includes(power));
}

function rightsOf(assignment: AssignmentRow, resources: readonly ResourceRow[]): readonly Right[] {
  const { powers, label, principalKind, principal } = assignment;
  const holder = nodeId(principalKind, principal);
  const known = new Map<NodeId, Right>();
  for (const [power, objects, step] of STEPS) {
    if (!powers.includes(power)) continue;
    // To read a secret changes nobody: the barrier does not look at it.
    const guarded = assignment.overAdministrators === false && objects !== 'secrets' && objects !== 'identity_providers';
    for (const within of withins(assignment, resources, objects)) {
      const scope: Scope = { objects, within, guarded };
      const id = scopeId(scope);
      if (!known.has(id)) known.set(id, { holder, scope, step, because: label });
    }
  }
  return [...known.values()];
}

function withins(
  { targetKind, target }: AssignmentRow,
  resources: readonly ResourceRow[],
  objects: ObjectKind,
): Scope['within'][] {
  if (targetKind === null || target === null) return [{ type: 'all' }];
  if (targetKind === 'group') return groupTarget(target, objects);
  if (targetKind === 'application')
    return objects === 'applications' || objects === 'secrets' ? [{ type: 'one', key: target }] : [];
  return resources.flatMap((resource) => resourceWithin(resource, objects));
}

function groupTarget(group: string, objects: ObjectKind): Scope['within'][] {
  if (objects === 'accounts') return [{ type: 'members_of', key: group }];
  return objects === 'groups' ? [{ type: 'one', key: group }] : [];
}

const KIND_OF: Readonly<Record<ObjectKind, string>> = {
  accounts: 'account',
  groups: 'group',
  applications: 'application',
  secrets: 'application',
  identity_providers: 'identity_provider',
};

function resourceWithin({ resourceKind, resource }: ResourceRow, objects: ObjectKind): Scope['within'][] {
  if (objects === 'accounts' && resourceKind === 'accounts_of_group')
    return [resource === null ? { type: 'all' } : { type: 'members_of', key: resource }];
  if (resourceKind !== KIND_OF[objects]) return [];
  return [resource === null ? { type: 'all' } : { type: 'one', key: resource }];
}
