import type { RefreshPage, Scope, SourceRecord } from '@castellan/connector-sdk';
import { ROLE_ATTRIBUTES, type RoleAttribute } from '../discovery/service.js';
import { attributeOf, mapHeldRole, mapListedRole } from '../map/role.js';
import { readList } from '../paging/list-reader.js';
import { roleList, rolesHeld } from '../streams/known-roles.js';
import type { ScimRefreshArgs } from './read-parts.js';

/** Roles by their key. Where the service lists them the list is read, since a key need not be an id; it is short. */
export async function* refreshRoles(args: ScimRefreshArgs): AsyncGenerator<RefreshPage<'role'>, void, void> {
  const others = args.scopes.filter(({ field }) => field !== 'key');
  const unread = others.map((scope) => ({ scope, reason: `cannot be read by "${scope.field}"` }));
  if (unread.length > 0) yield { records: [], complete: [], unread };
  for (const attribute of ROLE_ATTRIBUTES) {
    const scopes = args.scopes.filter(({ field, value }) => field === 'key' && attributeOf(value) === attribute);
    if (scopes.length > 0) yield { records: await rolesOf(args, attribute, scopes), complete: scopes };
  }
}

async function rolesOf(
  { client, synced }: ScimRefreshArgs,
  attribute: RoleAttribute,
  scopes: readonly Scope[],
): Promise<readonly SourceRecord<'role'>[]> {
  const wanted = new Set(scopes.map(({ value }) => value));
  const service = await client.service();
  const list = roleList(service, attribute);
  if (list === undefined) return [...(await rolesHeld(synced, (_, key) => wanted.has(key))).values()].map(mapHeldRole);
  const records: SourceRecord<'role'>[] = [];
  for await (const { items } of readList(client, list)) {
    for (const item of items) {
      const record = mapListedRole(item, attribute, service, client.oddities);
      if (record !== null && wanted.has(record.key)) records.push(record);
    }
  }
  return records;
}
