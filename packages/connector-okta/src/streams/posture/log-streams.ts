import { BUCKETS } from '../../client/buckets.js';
import { mapLogStream } from '../../map/log-stream.js';
import { parseListCursor } from '../cursors.js';
import { listPages } from '../listing.js';
import { oktaStream } from '../okta-stream.js';
import { POSTURE } from './posture-pack.js';

export const logStreams = oktaStream({
  name: 'log-streams',
  kind: 'log_stream',
  pack: POSTURE,
  requires: ['okta.logStreams.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'log_stream'>(args, {
      cost: { stream: 'log-streams', bucket: BUCKETS.rest },
      first: { url: '/api/v1/logStreams', query: { limit: '200' } },
      map: (item) => mapLogStream(item, args.client.drift),
    }),
});
