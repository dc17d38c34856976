import type { SyncedReader } from '@castellan/connector-sdk';
import type { RoleAttribute, Service } from '../discovery/service.js';
import { type HeldRole, roleKey, rolesInHint } from '../map/role.js';
import type { ListSpec } from '../paging/list-reader.js';

/** `undefined`: the service has no list of them. */
export function roleList({ roleTypes }: Service, attribute: RoleAttribute): ListSpec | undefined {
  const path = roleTypes[attribute];
  return path === undefined ? undefined : { path, what: path.slice(1) };
}

/**
 * The roles that accounts hold, by key; the first account (by key) that names one decides over its label, so that every pass says the
 * same. All of them are in memory: values are few, however many have them.
 */
export async function rolesHeld(
  synced: SyncedReader,
  isWanted: (role: HeldRole, key: string) => boolean,
): Promise<ReadonlyMap<string, HeldRole>> {
  const held = new Map<string, HeldRole>();
  for await (const { hint } of synced.entries('account')) {
    for (const role of rolesInHint(hint)) {
      const key = roleKey(role[0], role[1]);
      if (isWanted(role, key) && (!held.has(key) || held.get(key)?.[2] === null)) held.set(key, role);
    }
  }
  return held;
}
