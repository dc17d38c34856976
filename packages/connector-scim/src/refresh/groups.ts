import type { RefreshPage, Scope } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { RefusedError } from '../client/scim-error.js';
import { mapGroup } from '../map/group.js';
import { isUsableId, segment } from '../map/ids.js';
import { WITHOUT_MEMBERS } from '../streams/lists.js';
import { readParts, type ScimRefreshArgs, staleNow } from './read-parts.js';

/** It does not understand that the members are to be left out. */
const WITH_MEMBERS = 'groups with members';

export function refreshGroups(args: ScimRefreshArgs): AsyncIterable<RefreshPage<'group'>> {
  return readParts(args, 'key', (key, scope) => readGroup(args, key, scope));
}

async function readGroup({ client, synced }: ScimRefreshArgs, key: string, scope: Scope): Promise<RefreshPage<'group'>> {
  const service = await client.service();
  const isThere = service.groups !== null && isUsableId(key);
  const group = isThere ? await findGroup(client, `${service.groups}/${segment(key)}`) : undefined;
  const wasThere = (await synced.get('group', key)) !== undefined;
  const members = staleNow(client, 'memberships', 'group', key);
  if (group === undefined) return { records: [], complete: [scope], stale: wasThere ? [members] : [] };
  const record = mapGroup(group, service, client.oddities);
  if (record === null || record.key !== key) {
    const reason = `${client.host} answered with something that is not this group`;
    return { records: [], complete: [], unread: [{ scope, reason }] };
  }
  return { records: [record], complete: [scope], stale: wasThere ? [] : [members] };
}

async function findGroup(client: ScimClient, path: string): Promise<unknown> {
  if (client.learnt.has(WITH_MEMBERS)) return client.find(path, 'Groups');
  try {
    return await client.find(path, 'Groups', WITHOUT_MEMBERS);
  } catch (error) {
    if (!(error instanceof RefusedError) || !error.isMisunderstanding) throw error;
    client.learnt.add(WITH_MEMBERS);
    return client.find(path, 'Groups');
  }
}
