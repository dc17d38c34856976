import { BUCKETS } from '../../client/buckets.js';
import { mapNetworkZone } from '../../map/network-zone.js';
import { parseListCursor } from '../cursors.js';
import { listPages } from '../listing.js';
import { oktaStream } from '../okta-stream.js';
import { POSTURE } from './posture-pack.js';

export const networkZones = oktaStream({
  name: 'network-zones',
  kind: 'network_zone',
  pack: POSTURE,
  requires: ['okta.networkZones.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'network_zone'>(args, {
      cost: { stream: 'network-zones', bucket: BUCKETS.rest },
      first: { url: '/api/v1/zones', query: { limit: '200' } },
      map: (item) => mapNetworkZone(item, args.client.drift),
    }),
});
