import { BUCKETS } from '../client/buckets.js';
import { mapGroupRule } from '../map/group.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { parseListCursor } from './cursors.js';
import { listPages } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { refreshGroupRules } from '../refresh/group-rules.js';

export const groupRules = oktaStream({
  name: 'group-rules',
  kind: 'group_rule',
  requires: ['okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'group_rule'>(args, {
      first: { url: '/api/v1/groups/rules', query: { limit: String(PAGE_SIZE.groupRules) } },
      map: (item) => mapGroupRule(item, args.client.drift),
      cost: { stream: 'group-rules', bucket: BUCKETS.groups },
    }),
  refresh: refreshGroupRules,
});
