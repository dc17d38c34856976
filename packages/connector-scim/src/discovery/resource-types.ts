import { listIn, memberOf, textIn } from '../map/member.js';
import type { RoleAttribute, Service } from './service.js';

type Types = Pick<Service, 'users' | 'groups' | 'roleTypes' | 'otherTypes'>;

const USUAL: Types = { users: '/Users', groups: '/Groups', roleTypes: {}, otherTypes: [] };
/** The wider names come from drafts ("SCIM Roles and Entitlements Extension") and from services that were there before them. */
const ROLE_TYPES: Readonly<Record<RoleAttribute, string>> = { roles: 'role', entitlements: 'entitlement' };

interface DeclaredType {
  readonly name: string;
  readonly schema: string;
  readonly endpoint: string | undefined;
}

/** Which resources the service has and where. @param body of `/ResourceTypes`, `undefined` where it does not tell. */
export function typesIn(body: unknown, baseUrl: string): Types {
  const declared = resourcesIn(body).flatMap((type): readonly DeclaredType[] => {
    const name = textIn(type, 'name') ?? textIn(type, 'id');
    if (name === undefined) return [];
    const endpoint = pathBelow(textIn(type, 'endpoint') ?? '', baseUrl);
    return [{ name, schema: textIn(type, 'schema')?.toLowerCase() ?? '', endpoint }];
  });
  if (declared.length === 0) return USUAL;
  const user = typeNamed(declared, 'user');
  const group = typeNamed(declared, 'group');
  const roleTypes: Partial<Record<RoleAttribute, string>> = {};
  for (const attribute of ['roles', 'entitlements'] as const) {
    const endpoint = typeNamed(declared, ROLE_TYPES[attribute])?.endpoint;
    if (endpoint !== undefined) roleTypes[attribute] = endpoint;
  }
  const read = [user, group, ...Object.values(ROLE_TYPES).map((name) => typeNamed(declared, name))];
  return {
    users: user?.endpoint ?? '/Users',
    groups: group === undefined ? null : (group.endpoint ?? '/Groups'),
    roleTypes,
    otherTypes: declared.filter((type) => !read.includes(type)).map(({ name }) => name),
  };
}

/** The resources of a list; some services send the bare list, or a single resource. */
export function resourcesIn(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (Array.isArray(memberOf(body, 'Resources'))) return listIn(body, 'Resources');
  return body === undefined ? [] : [body];
}

function typeNamed(declared: readonly DeclaredType[], name: string): DeclaredType | undefined {
  const byName = declared.find((type) => type.name.toLowerCase() === name);
  return byName ?? declared.find(({ schema }) => schema.endsWith(`:${name}`));
}

/**
 * An endpoint as a path below the base URL: services write it with and without the slash, with the path of the base, or as a
 * whole address. `undefined`: it lies elsewhere, and no credential goes there.
 */
function pathBelow(endpoint: string, baseUrl: string): string | undefined {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(endpoint);
  if (isAbsolute && !(URL.canParse(endpoint) && new URL(endpoint).origin === base.origin)) return undefined;
  const whole = isAbsolute ? new URL(endpoint).pathname : `/${endpoint.replace(/^\/+/, '')}`;
  const path = whole.startsWith(`${prefix}/`) ? whole.slice(prefix.length) : whole;
  const isBelow = !isAbsolute || whole.startsWith(`${prefix}/`);
  return isBelow && /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)+$/.test(path) ? path : undefined;
}
