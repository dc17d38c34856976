import type { Json } from '@castellan/connector-sdk';
import { mapMembership } from '../map/group.js';
import { parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { oktaStream } from './okta-stream.js';
import { partPage, segment } from './parts.js';
import { refreshMemberships } from '../refresh/memberships.js';

/** Okta's largest page; it recommends 200, but each page costs one call of a scarce bucket whatever its size. */
const PAGE_SIZE = '1000';

/** Members of each group that has any. Nested groups do not exist in Okta. */
export const memberships = oktaStream({
  name: 'memberships',
  kind: 'membership',
  dependsOn: ['groups'],
  requires: ['okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'membership'>(args, {
      parents: 'group',
      wanted: (hint) => hint?.['members'] !== 0,
      rowName: 'member',
      expected: (hint) => countIn(hint?.['members']),
      list: (group, next) => {
        const first = { url: `/api/v1/groups/${segment(group.key)}/users`, query: { limit: PAGE_SIZE } };
        return partPage(args.client, first, next, (item) => mapMembership(item, group.key, args.client.drift));
      },
    }),
  refresh: refreshMemberships,
});

function countIn(hint: Json | undefined): number | undefined {
  return typeof hint === 'number' ? hint : undefined;
}
