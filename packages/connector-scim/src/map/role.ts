import { edgeKey, type Json, type SourceRecord } from '@castellan/connector-sdk';
import { ROLE_ATTRIBUTES, type RoleAttribute, type Service } from '../discovery/service.js';
import type { Oddities } from './oddities.js';
import { rawOf } from './redact.js';
import { Resource } from './resource.js';

// A type and not an interface: only those may be taken for Json.
/** One value of a user's `roles` or `entitlements`: attribute, value, name. */
export type HeldRole = readonly [attribute: RoleAttribute, value: string, label: string | null];

const PREFIX: Readonly<Record<RoleAttribute, string>> = { roles: 'role', entitlements: 'entitlement' };
const NOTHING: ReadonlySet<string> = new Set();

/** Neither attribute knows of the other, so the same value in both is not the same thing. */
export function roleKey(attribute: RoleAttribute, value: string): string {
  return `${PREFIX[attribute]}:${value}`;
}

export function attributeOf(key: string): RoleAttribute {
  return key.startsWith(`${PREFIX.entitlements}:`) ? 'entitlements' : 'roles';
}

/** What a user may do, in the order of the attributes, each once. Of a value without `value` its name has to do. */
export function heldRoles(user: Resource): readonly HeldRole[] {
  const held = new Map<string, HeldRole>();
  for (const attribute of ROLE_ATTRIBUTES) {
    for (const entry of user.values(attribute)) {
      const label = entry.text('display') ?? entry.text('displayName');
      const value = entry.text('value') ?? label;
      if (value === null) continue;
      const key = roleKey(attribute, value);
      if (!held.has(key)) held.set(key, [attribute, value, label]);
    }
  }
  return [...held.values()];
}

/** What `heldRoles` has put into the hint of an account. */
export function rolesInHint(hint: { readonly roles?: Json } | undefined): readonly HeldRole[] {
  const roles = hint?.roles;
  if (!Array.isArray(roles)) return [];
  return roles.flatMap((entry: Json): readonly HeldRole[] => {
    if (!Array.isArray(entry)) return [];
    const [attribute, value, label]: readonly (Json | undefined)[] = entry;
    const known = ROLE_ATTRIBUTES.find((name) => name === attribute);
    return known === undefined || typeof value !== 'string' ? [] : [[known, value, typeof label === 'string' ? label : null]];
  });
}

/** A role that is known by those who have it. */
export function mapHeldRole([attribute, value, label]: HeldRole): SourceRecord<'role'> {
  return {
    kind: 'role',
    key: roleKey(attribute, value),
    data: { label: label ?? value, description: null, builtIn: false, permissions: [], createdAt: null, updatedAt: null },
  };
}

/** A role or entitlement that the service lists. What users hold is its `value`, and where it has none its id. */
export function mapListedRole(
  item: unknown,
  attribute: RoleAttribute,
  { secretAttributes }: Pick<Service, 'secretAttributes'>,
  oddities: Oddities,
): SourceRecord<'role'> | null {
  const role = Resource.of(item, attribute, oddities);
  const value = role === null ? null : (role.text('value') ?? role.text('id'));
  if (role === null || value === null) return null;
  const meta = role.child('meta');
  const permissions = role.values('permissions').map((entry) => entry.text('value') ?? entry.text('display'));
  return {
    kind: 'role',
    key: roleKey(attribute, value),
    data: {
      label: role.text('display') ?? role.text('displayName') ?? role.text('name') ?? value,
      description: role.text('description'),
      builtIn: false,
      permissions: permissions.filter((permission) => permission !== null),
      createdAt: meta.instant('created'),
      updatedAt: meta.instant('lastModified'),
    },
    raw: rawOf(item, { secret: secretAttributes, without: NOTHING }),
  };
}

export function mapRoleAssignment(principal: string, [attribute, value]: HeldRole): SourceRecord<'role_assignment'> {
  const role = roleKey(attribute, value);
  return {
    kind: 'role_assignment',
    key: edgeKey(role, principal),
    partition: principal,
    data: {
      role,
      principalKind: 'account',
      principal,
      targetKind: null,
      target: null,
      assignment: null,
      providerStatus: null,
      createdAt: null,
      updatedAt: null,
    },
  };
}
