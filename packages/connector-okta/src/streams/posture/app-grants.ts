import { BUCKETS } from '../../client/buckets.js';
import { mapAppGrant } from '../../map/app-grant.js';
import { parseFanOutCursor } from '../cursors.js';
import { fanOut } from '../fan-out.js';
import { oktaStream } from '../okta-stream.js';
import { partPage, segment } from '../parts.js';
import { POSTURE } from './posture-pack.js';

/**
 * What service apps may do at Okta's own API. Only of those: they act by themselves, and the bucket of apps is the scarcest (50 calls a
 * minute), which a call for each of a thousand apps would take from the assignments.
 */
export const appGrants = oktaStream({
  name: 'app-grants',
  kind: 'app_grant',
  pack: POSTURE,
  dependsOn: ['applications'],
  requires: ['okta.appGrants.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'app_grant'>(args, {
      cost: { stream: 'app-grants', bucket: BUCKETS.apps },
      parents: 'application',
      wanted: (hint) => hint?.['service'] === true,
      list: (app, next) => {
        const first = { url: `/api/v1/apps/${segment(app.key)}/grants` };
        return partPage(args.client, first, next, (item) => mapAppGrant(item, app.key, args.client.drift));
      },
    }),
});
