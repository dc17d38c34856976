import { BUCKETS } from '../client/buckets.js';
import { keyListIn } from '../map/app-hint.js';
import { refreshAppCredentials } from '../refresh/app-access.js';
import { credentialsOf } from './app-credential-list.js';
import { parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { oktaStream } from './okta-stream.js';

/**
 * Keys and certificates of applications that have some: what is known about them. Secrets are a stream of their own, `client-secrets`.
 * After everything else, in the scarcest bucket, and once a week: events tell of changes.
 */
export const appCredentials = oktaStream({
  name: 'app-credentials',
  kind: 'app_credential',
  dependsOn: ['applications'],
  requires: ['okta.apps.read'],
  semantics: 'snapshot',
  listedEveryDays: 7,
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'app_credential'>(args, {
      cost: { stream: 'app-credentials', bucket: BUCKETS.apps },
      parents: 'application',
      wanted: (hint) => keyListIn(hint) !== undefined,
      list: ({ key, hint }) => credentialsOf(args.client, key, hint, 'low'),
    }),
  refresh: refreshAppCredentials,
});
