import type { JsonObject, SourceRecord } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import type { OktaClient } from '../client/okta-client.js';
import { mapGroup } from '../map/group.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { parseListCursor } from './cursors.js';
import { fetchGroups } from './fetch-groups.js';
import { listPages } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { readGroupDelta } from '../refresh/group-delta.js';
import { refreshGroups } from '../refresh/groups.js';

export const groups = oktaStream({
  name: 'groups',
  kind: 'group',
  requires: ['okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'group'>(args, {
      first: { url: '/api/v1/groups', query: { limit: String(PAGE_SIZE.groups), expand: 'stats' } },
      fetch: (request) => fetchGroups(args.client, request),
      map: (item) => mapGroup(item, args.client.drift),
      selection: { what: 'group', keeps: keptBy(args.client) },
      cost: { stream: 'groups', bucket: BUCKETS.groups },
    }),
  refresh: (args) => refreshGroups(args, keptBy(args.client)),
  delta: (args) => readGroupDelta(args, keptBy(args.client)),
});

/** Whether a group is synced, by the settings. */
function keptBy({ selection }: OktaClient): (record: SourceRecord<'group'>) => boolean {
  return ({ data, hint }) => selection.group(data.name, typeIn(hint));
}

function typeIn(hint: JsonObject | undefined): string | null {
  const type = hint?.['type'];
  return typeof type === 'string' ? type : null;
}
