import type { JsonObject } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import { isUnmatchedOwner, mapGroupOwner } from '../map/group-owner.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { opensSomething } from '../plan/org-count.js';
import { parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { Offer } from './offer.js';
import { oktaStream } from './okta-stream.js';
import { partPage, segment } from './parts.js';

/**
 * Who may change a group without being an administrator. Only of groups that open something: what Okta has counted says so without
 * a call. A part of a product of its own; in an organisation without it there are none. No event tells of a change.
 */
export const groupOwners = oktaStream({
  name: 'group-owners',
  kind: 'group_owner',
  dependsOn: ['groups'],
  requires: ['okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) => {
    const { client } = args;
    const offer = new Offer(client, 'owners of groups');
    return fanOut<'group_owner'>(args, {
      cost: { stream: 'group-owners', bucket: BUCKETS.groups },
      parents: 'group',
      wanted: (hint: JsonObject | undefined) => opensSomething(hint),
      list: async ({ key }, next) => {
        const query = { limit: String(PAGE_SIZE.groupOwners) };
        const first = { url: `/api/v1/groups/${segment(key)}/owners`, query, priority: 'low' as const };
        const map = (item: unknown) => mapGroupOwner(item, key, client.drift);
        const page = await offer.ask(() => partPage(client, first, next, map, (item) => !isUnmatchedOwner(item)));
        return page === 'not offered' ? 'gone' : page;
      },
    });
  },
});
