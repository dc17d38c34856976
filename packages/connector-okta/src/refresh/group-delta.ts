import { type DeltaArgs, type DeltaPage, type SourceRecord, type Stale } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { mapGroup } from '../map/group.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { fetchGroups } from '../streams/fetch-groups.js';
import { readDelta } from './delta.js';
import { staleOfNewGroup } from './groups.js';
import { staleNow } from './read-parts.js';

/** With the members of groups whose membership has moved, and all that comes with a group that is shown for the first time. */
export function readGroupDelta(
  args: DeltaArgs<OktaClient>,
  keep: (record: SourceRecord<'group'>) => boolean = () => true,
): AsyncIterable<DeltaPage<'group'>> {
  const { client, synced } = args;
  const from = sinceOf(args.since);
  return readDelta<'group'>(args, {
    first: (since) => {
      const filter = `lastUpdated gt "${since}" or lastMembershipUpdated gt "${since}"`;
      return { url: '/api/v1/groups', query: { filter, expand: 'stats', limit: String(PAGE_SIZE.groups) } };
    },
    fetch: (request) => fetchGroups(client, request),
    map: (item) => mapGroup(item, client.drift),
    keep,
    staleAfter: async (record) => {
      const isNew = (await synced.get('group', record.key)) === undefined;
      return isNew ? staleOfNewGroup(client, record) : staleMembers(client, record, from);
    },
  });
}

function sinceOf(since: DeltaArgs<OktaClient>['since']): string {
  return typeof since === 'object' && since !== null && 'from' in since && typeof since.from === 'string' ? since.from : '';
}

function staleMembers(client: OktaClient, { key, data, hint }: SourceRecord<'group'>, since: string): readonly Stale[] {
  // Everyone's members follow from the accounts.
  if (hint?.['everyone'] === true) return [];
  const hasMoved = data.membershipUpdatedAt !== null && data.membershipUpdatedAt > since;
  return hasMoved ? [staleNow(client, 'memberships', 'group', key)] : [];
}
