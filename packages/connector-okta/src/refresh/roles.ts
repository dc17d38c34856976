import type { RefreshPage } from '@castellan/connector-sdk';
import { wrappedListOf } from '../client/okta-client.js';
import { mapCustomRole, standardRoles } from '../map/role.js';
import { segment } from '../streams/parts.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, staleNow, unreadable } from './read-parts.js';

/** Custom roles; Okta's own are not its to change. */
export function refreshRoles(args: OktaRefreshArgs): AsyncIterable<RefreshPage<'role'>> {
  const { key: keys, others } = byField(args.scopes, 'key');
  const parts = keys.map((key): Part<'role'> => ({ scopes: [{ field: 'key', value: key }], read: () => readRole(args, key) }));
  return readParts([...parts, ...unreadable<'role'>(others)]);
}

async function readRole({ client, synced }: OktaRefreshArgs, key: string): Promise<Step<'role'>> {
  const complete = [{ field: 'key', value: key }];
  const standard = standardRoles().find((role) => role.key === key);
  if (standard !== undefined) return { records: [standard], complete };
  const before = await synced.get('role', key);
  const url = `/api/v1/iam/roles/${segment(key)}`;
  const [role, permissions] = await Promise.all([client.find({ url }), client.find({ url: `${url}/permissions` })]);
  if (role === undefined || permissions === undefined) {
    const streams = ['user-role-assignments', 'group-role-assignments', 'client-role-assignments'];
    return { complete, stale: before === undefined ? [] : streams.map((stream) => staleNow(client, stream, 'role', key)) };
  }
  const { items } = wrappedListOf(permissions, `${url}/permissions`, 'permissions');
  const record = mapCustomRole(role.body, items, client.drift);
  if (record?.key === key) return { records: [record], complete };
  const reason = 'Okta answered with something that is not this role';
  return { unread: complete.map((scope) => ({ scope, reason })) };
}
