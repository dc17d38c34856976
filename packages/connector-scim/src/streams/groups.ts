import { mapGroup } from '../map/group.js';
import { parseListCursor } from '../paging/list-cursor.js';
import { readGroupDelta } from '../refresh/group-delta.js';
import { refreshGroups } from '../refresh/groups.js';
import { listPages } from './listing.js';
import { groupList } from './lists.js';
import { READ_GROUPS } from './rights.js';
import { scimStream } from './scim-stream.js';

export const groups = scimStream({
  name: 'groups',
  kind: 'group',
  requires: [READ_GROUPS],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  async *read({ client, from }) {
    const service = await client.service();
    // Groups are optional in SCIM: a service without them has none, which is no fault.
    if (service.groups === null) yield { records: [], next: null };
    else yield* listPages(client, groupList(service.groups), (item) => mapGroup(item, service, client.oddities), from);
  },
  refresh: refreshGroups,
  delta: readGroupDelta,
});
