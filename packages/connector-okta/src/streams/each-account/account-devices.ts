import { BUCKETS } from '../../client/buckets.js';
import { mapAccountDevice } from '../../map/account-device.js';
import { refreshAccountDevices } from '../../refresh/each-account.js';
import { parseFanOutCursor } from '../cursors.js';
import { fanOut } from '../fan-out.js';
import { Offer } from '../offer.js';
import { oktaStream } from '../okta-stream.js';
import { partPage, segment } from '../parts.js';
import { EACH_ACCOUNT } from './each-account-pack.js';

/** Devices that people have enrolled, of those who are not deactivated. The Classic Engine has none. */
export const accountDevices = oktaStream({
  name: 'account-devices',
  kind: 'account_device',
  pack: EACH_ACCOUNT,
  dependsOn: ['accounts'],
  requires: ['okta.users.read'],
  semantics: 'snapshot',
  listedEveryDays: 7,
  parseCursor: parseFanOutCursor,
  read: (args) => {
    const { client } = args;
    const offer = new Offer(client, 'devices of accounts');
    return fanOut<'account_device'>(args, {
      cost: { stream: 'account-devices', bucket: BUCKETS.users },
      parents: 'account',
      wanted: (hint) => hint?.['status'] !== 'deprovisioned',
      list: async ({ key }, next) => {
        const first = { url: `/api/v1/users/${segment(key)}/devices`, priority: 'low' as const };
        const page = await offer.ask(() => partPage(client, first, next, (item) => mapAccountDevice(item, key, client.drift)));
        return page === 'not offered' ? 'gone' : page;
      },
    });
  },
  refresh: refreshAccountDevices,
});
