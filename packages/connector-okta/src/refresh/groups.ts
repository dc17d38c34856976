import { edgeParts, type Json, type RefreshPage, type SourceRecord, type Stale } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { mapGroup } from '../map/group.js';
import { findGroup } from '../streams/fetch-groups.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, staleNow, unreadable } from './read-parts.js';

/** @param keep whether a group is synced at all. */
export function refreshGroups(
  args: OktaRefreshArgs,
  keep: (record: SourceRecord<'group'>) => boolean = () => true,
): AsyncIterable<RefreshPage<'group'>> {
  const { key: keys, others } = byField(args.scopes, 'key');
  const parts = keys.map(
    (key): Part<'group'> => ({ scopes: [{ field: 'key', value: key }], read: () => readGroup(args, key, keep) }),
  );
  return readParts([...parts, ...unreadable<'group'>(others)]);
}

async function readGroup(
  args: OktaRefreshArgs,
  key: string,
  keep: (record: SourceRecord<'group'>) => boolean,
): Promise<Step<'group'>> {
  const { client, synced } = args;
  const before = await synced.get('group', key);
  const response = await findGroup(client, key);
  const complete = [{ field: 'key', value: key }];
  const record = response === undefined ? undefined : mapGroup(response.body, client.drift);
  if (record === null || (record !== undefined && record.key !== key)) {
    const reason = 'Okta answered with something that is not this group';
    return { unread: complete.map((scope) => ({ scope, reason })) };
  }
  const isThere = record !== undefined && keep(record);
  if (!isThere) return { complete, stale: before === undefined ? [] : await staleWithoutGroup(args, key) };
  return { records: [record], complete, stale: before === undefined ? staleOfNewGroup(client, record) : [] };
}

/** What is known of a group that is gone. Its own rows cost no call to take away; who had an application through it does. */
async function staleWithoutGroup({ client, synced }: OktaRefreshArgs, key: string): Promise<readonly Stale[]> {
  const stale = [
    staleNow(client, 'memberships', 'group', key),
    staleNow(client, 'app-group-assignments', 'principal', key),
    staleNow(client, 'group-role-assignments', 'principal', key),
    ...staleTargets(client, key),
  ];
  for await (const { key: edge } of synced.where('app_assignment', 'principal', key))
    stale.push(staleNow(client, 'app-user-assignments', 'application', edgeParts(edge)[0] ?? ''));
  for await (const { key: mapping } of synced.where('group_push', 'group', key))
    stale.push(staleNow(client, 'group-pushes', 'application', edgeParts(mapping)[0] ?? ''));
  return stale;
}

/** Roles that were narrowed to an object that is gone. */
export function staleTargets(client: OktaClient, key: string): readonly Stale[] {
  return ['user-role-assignments', 'group-role-assignments', 'client-role-assignments'].map((stream) =>
    staleNow(client, stream, 'target', key),
  );
}

/** A group that comes with members (an import) is not followed by an event for each. */
export function staleOfNewGroup(client: OktaClient, { key, hint }: SourceRecord<'group'>): readonly Stale[] {
  const isSome = (value: Json | undefined): boolean => value !== 0 && value !== false;
  return [
    ...(isSome(hint?.['members']) ? [staleNow(client, 'memberships', 'group', key)] : []),
    ...(isSome(hint?.['apps']) ? [staleNow(client, 'app-group-assignments', 'principal', key)] : []),
    ...(isSome(hint?.['admin']) ? [staleNow(client, 'group-role-assignments', 'principal', key)] : []),
  ];
}
