import { BUCKETS } from '../client/buckets.js';
import { refreshAppProvisioning } from '../refresh/app-access.js';
import { provisioningOf } from './app-provisioning-answers.js';
import { parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { oktaStream } from './okta-stream.js';

/**
 * What is written into applications that have anything to do with provisioning, by their own list of features. Once a week, since
 * the bucket is the scarcest: an event tells of each change.
 */
export const appProvisioning = oktaStream({
  name: 'app-provisioning',
  kind: 'app_provisioning',
  dependsOn: ['applications'],
  requires: ['okta.apps.read'],
  semantics: 'snapshot',
  listedEveryDays: 7,
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'app_provisioning'>(args, {
      cost: { stream: 'app-provisioning', bucket: BUCKETS.apps, pages: () => 2 },
      parents: 'application',
      wanted: (hint) => hint?.['provisioned'] === true,
      list: ({ key, hint }) => provisioningOf(args.client, key, hint, 'low'),
    }),
  refresh: refreshAppProvisioning,
});
