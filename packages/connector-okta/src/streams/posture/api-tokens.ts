import { BUCKETS } from '../../client/buckets.js';
import { mapApiToken } from '../../map/api-token.js';
import { parseListCursor } from '../cursors.js';
import { listPages } from '../listing.js';
import { oktaStream } from '../okta-stream.js';
import { POSTURE } from './posture-pack.js';

/** Tokens that are alive. Okta does not page this list. */
export const apiTokens = oktaStream({
  name: 'api-tokens',
  kind: 'api_token',
  pack: POSTURE,
  requires: ['okta.apiTokens.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'api_token'>(args, {
      cost: { stream: 'api-tokens', bucket: BUCKETS.rest },
      first: { url: '/api/v1/api-tokens' },
      map: (item) => mapApiToken(item, args.client.drift),
    }),
});
