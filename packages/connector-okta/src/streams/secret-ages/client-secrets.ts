import { BUCKETS } from '../../client/buckets.js';
import { hasSecrets } from '../../map/app-hint.js';
import { refreshClientSecrets } from '../../refresh/app-access.js';
import { secretsOf } from '../app-credential-list.js';
import { parseFanOutCursor } from '../cursors.js';
import { fanOut } from '../fan-out.js';
import { oktaStream } from '../okta-stream.js';
import { SECRET_AGES } from './secret-ages-pack.js';

/**
 * Secrets of applications that have some: what is known about them. The secrets, which Okta shows beside it, go no further than
 * `mapClientSecret`. Once a week: each reading is an event at the customer, and events tell of changes.
 */
export const clientSecrets = oktaStream({
  name: 'client-secrets',
  kind: 'client_secret',
  pack: SECRET_AGES,
  dependsOn: ['applications'],
  requires: ['okta.apps.read'],
  semantics: 'snapshot',
  listedEveryDays: 7,
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'client_secret'>(args, {
      cost: { stream: 'client-secrets', bucket: BUCKETS.apps },
      parents: 'application',
      wanted: hasSecrets,
      list: ({ key, hint }) => secretsOf(args.client, key, hint, 'low'),
    }),
  refresh: refreshClientSecrets,
});
