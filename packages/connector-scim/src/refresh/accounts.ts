import {
  edgeParts,
  type RefreshPage,
  type Scope,
  type Stale,
  type SyncedEntry,
  type SyncedReader,
} from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import type { Service } from '../discovery/service.js';
import { mapAccount } from '../map/account.js';
import { isUsableId, segment } from '../map/ids.js';
import { type HeldRole, roleKey, rolesInHint } from '../map/role.js';
import { readParts, type ScimRefreshArgs, staleNow } from './read-parts.js';

export function refreshAccounts(args: ScimRefreshArgs): AsyncIterable<RefreshPage<'account'>> {
  return readParts(args, 'key', (key, scope) => readAccount(args, key, scope));
}

async function readAccount({ client, synced }: ScimRefreshArgs, key: string, scope: Scope): Promise<RefreshPage<'account'>> {
  const service = await client.service();
  const before = await synced.get('account', key);
  const user = isUsableId(key) ? await client.find(`${service.users}/${segment(key)}`, 'Users') : undefined;
  if (user === undefined) {
    const stale = before === undefined ? [] : await staleAfterLoss(client, service, synced, before);
    return { records: [], complete: [scope], stale };
  }
  const record = mapAccount(user, service, client.oddities);
  if (record === null || record.key !== key) {
    const reason = `${client.host} answered with something that is not this account`;
    return { records: [], complete: [], unread: [{ scope, reason }] };
  }
  return { records: [record], complete: [scope], stale: staleAfterAccount(client, service, before, record) };
}

/** What must be read again when an account holds other roles than before. */
export function staleAfterAccount(
  client: ScimClient,
  service: Service,
  before: SyncedEntry | undefined,
  after: { readonly key: string; readonly hint?: SyncedEntry['hint'] },
): readonly Stale[] {
  return staleRoles(client, service, after.key, rolesInHint(before?.hint), rolesInHint(after.hint));
}

/** Groups may list somebody who is gone, or not any more: only they can say. */
async function staleAfterLoss(
  client: ScimClient,
  service: Service,
  synced: SyncedReader,
  { key, hint }: SyncedEntry,
): Promise<readonly Stale[]> {
  const stale = [...staleRoles(client, service, key, rolesInHint(hint), [])];
  for await (const membership of synced.where('membership', 'member', key)) {
    const [group] = edgeParts(membership.key);
    if (group !== undefined) stale.push(staleNow(client, 'memberships', 'group', group));
  }
  return stale;
}

function staleRoles(
  client: ScimClient,
  { roleTypes }: Service,
  account: string,
  before: readonly HeldRole[],
  after: readonly HeldRole[],
): readonly Stale[] {
  const texts = [before, after].map((roles) => new Set(roles.map((role) => JSON.stringify(role))));
  const changed = [...before, ...after].filter((role) => texts.some((known) => !known.has(JSON.stringify(role))));
  if (changed.length === 0 && before.length === after.length) return [];
  // Where the service lists them itself, they do not depend on who has them.
  const keys = changed
    .filter(([attribute]) => roleTypes[attribute] === undefined)
    .map(([attribute, value]) => roleKey(attribute, value));
  const roles = [...new Set(keys)].map((key) => staleNow(client, 'roles', 'key', key));
  return [staleNow(client, 'role-assignments', 'principal', account), ...roles];
}
