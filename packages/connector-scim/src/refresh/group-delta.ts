import type { DeltaArgs, DeltaPage } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { mapGroup } from '../map/group.js';
import { groupList } from '../streams/lists.js';
import { parseChangedSince } from './changed-since.js';
import { readDelta } from './delta.js';
import { staleNow } from './read-parts.js';

/** With the members of each group that has changed: a change of members is a change of the group, and nothing tells which it was. */
export async function* readGroupDelta(args: DeltaArgs<ScimClient>): AsyncGenerator<DeltaPage<'group'>, void, void> {
  const { client, since } = args;
  const service = await client.service();
  if (service.groups === null) {
    yield { records: [], resumeFrom: parseChangedSince(since) };
    return;
  }
  yield* readDelta(args, {
    stream: 'groups',
    kind: 'group',
    list: groupList(service.groups),
    map: (item) => mapGroup(item, service, client.oddities),
    staleAfter: (record) => Promise.resolve([staleNow(client, 'memberships', 'group', record.key)]),
  });
}
