import { BUCKETS } from '../client/buckets.js';
import { credentialListIn } from '../map/app-hint.js';
import { refreshAppCredentials } from '../refresh/app-access.js';
import { credentialsOf } from './app-credential-list.js';
import { parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { oktaStream } from './okta-stream.js';

/**
 * Secrets, keys and certificates of applications that have some: what is known about them. Okta shows secrets in the clear there, and
 * writes an event for each reading (`app.oauth2.client.read_client_secret`); they go no further than `mapClientSecret`.
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
      wanted: (hint) => credentialListIn(hint) !== undefined,
      list: ({ key, hint }) => credentialsOf(args.client, key, hint, 'low'),
    }),
  refresh: refreshAppCredentials,
});
