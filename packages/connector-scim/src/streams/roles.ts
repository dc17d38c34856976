import type { Json, Page, ReadArgs, SourceRecord } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { ROLE_ATTRIBUTES, type RoleAttribute, type Service } from '../discovery/service.js';
import { mapHeldRole, mapListedRole } from '../map/role.js';
import { type ListCursor, parseListCursor } from '../paging/list-cursor.js';
import { type ListSpec, readList } from '../paging/list-reader.js';
import { fieldsOf } from '../paging/place.js';
import { refreshRoles } from '../refresh/roles.js';
import { mapItems } from './listing.js';
import { roleList, rolesHeld } from './known-roles.js';
import { READ_USERS } from './rights.js';
import { scimStream } from './scim-stream.js';

// Types and not interfaces: only those may be taken for Json.
/** In the list of an attribute's roles, or behind a role that is known by who has it; `null`: at the beginning of either. */
type RolesCursor = { readonly attribute: RoleAttribute; readonly list: ListCursor | null; readonly after: string | null };

const FULL_PAGE = 1_000;

/**
 * What users may do, by their `roles` and `entitlements`. From the service's own list where it has one; else each value that some
 * account holds is a role. Those are found in the hints of the accounts, so they cost no call.
 */
export const roles = scimStream({
  name: 'roles',
  kind: 'role',
  dependsOn: ['accounts'],
  requires: [READ_USERS],
  semantics: 'snapshot',
  parseCursor: parseRolesCursor,
  read: readRoles,
  refresh: refreshRoles,
});

async function* readRoles(args: ReadArgs<ScimClient, RolesCursor>): AsyncGenerator<Page<'role', RolesCursor>, void, void> {
  const { client, from } = args;
  const service = await client.service();
  const open = ROLE_ATTRIBUTES.slice(from === undefined ? 0 : ROLE_ATTRIBUTES.indexOf(from.attribute));
  for (const attribute of open) {
    const start = from?.attribute === attribute ? from : { attribute, list: null, after: null };
    const list = roleList(service, attribute);
    const pages = list === undefined ? heldRolePages(args, start) : listedRolePages(client, service, list, start);
    for await (const page of pages) {
      const next = page.next ?? attributeBehind(attribute);
      yield { ...page, next };
    }
  }
}

function attributeBehind(attribute: RoleAttribute): RolesCursor | null {
  const next = ROLE_ATTRIBUTES[ROLE_ATTRIBUTES.indexOf(attribute) + 1];
  return next === undefined ? null : { attribute: next, list: null, after: null };
}

async function* listedRolePages(
  client: ScimClient,
  service: Service,
  list: ListSpec,
  { attribute, list: from }: RolesCursor,
): AsyncGenerator<Page<'role', RolesCursor>, void, void> {
  const map = (item: unknown): SourceRecord<'role'> | null => mapListedRole(item, attribute, service, client.oddities);
  for await (const { items, next } of readList(client, list, from ?? undefined)) {
    yield { ...mapItems(items, map, list.what), next: next === null ? null : { attribute, list: next, after: null } };
  }
}

async function* heldRolePages(
  { synced }: ReadArgs<ScimClient, RolesCursor>,
  { attribute, after }: RolesCursor,
): AsyncGenerator<Page<'role', RolesCursor>, void, void> {
  const held = [...(await rolesHeld(synced, (role) => role[0] === attribute))]
    .filter(([key]) => after === null || key > after)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (let at = 0; ; at += FULL_PAGE) {
    const part = held.slice(at, at + FULL_PAGE);
    const last = at + FULL_PAGE < held.length ? part.at(-1) : undefined;
    const next = last === undefined ? null : { attribute, list: null, after: last[0] };
    yield { records: part.map(([, role]) => mapHeldRole(role)), next };
    if (next === null) return;
  }
}

function parseRolesCursor(value: Json): RolesCursor {
  const fields = fieldsOf(value);
  const attribute = ROLE_ATTRIBUTES.find((name) => name === fields.get('attribute'));
  if (attribute === undefined) throw new TypeError('not a place among roles');
  const list = fields.get('list') ?? null;
  const after = fields.get('after');
  return { attribute, list: list === null ? null : parseListCursor(list), after: typeof after === 'string' ? after : null };
}
