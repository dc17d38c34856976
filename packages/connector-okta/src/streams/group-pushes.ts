import { BUCKETS } from '../client/buckets.js';
import { mapGroupPush } from '../map/group-push.js';
import { refreshGroupPushes } from '../refresh/app-access.js';
import { parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { Offer } from './offer.js';
import { oktaStream } from './okta-stream.js';
import { partPage, pushesAt } from './parts.js';

/** Groups that are written into applications, with their members. */
export const groupPushes = oktaStream({
  name: 'group-pushes',
  kind: 'group_push',
  dependsOn: ['applications'],
  requires: ['okta.apps.read', 'okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) => {
    const { client } = args;
    const offer = new Offer(client, 'group pushes of applications');
    return fanOut<'group_push'>(args, {
      cost: { stream: 'group-pushes', bucket: BUCKETS.apps },
      parents: 'application',
      wanted: (hint) => hint?.['pushes'] === true,
      list: async ({ key }, next) => {
        const first = { ...pushesAt(key), priority: 'low' as const };
        const page = await offer.ask(() => partPage(client, first, next, (item) => mapGroupPush(item, key, client.drift)));
        return page === 'not offered' ? 'gone' : page;
      },
    });
  },
  refresh: refreshGroupPushes,
});
