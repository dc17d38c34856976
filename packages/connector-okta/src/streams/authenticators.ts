import { mapFactor } from '../map/authenticator.js';
import { parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { oktaStream } from './okta-stream.js';
import { partPage, segment } from './parts.js';
import { refreshAuthenticators } from '../refresh/authenticators.js';

/** Enrolled factors. Okta has no list of them, so every account is asked, except those whose factors are gone with them. */
export const authenticators = oktaStream({
  name: 'authenticators',
  kind: 'authenticator',
  dependsOn: ['accounts'],
  requires: ['okta.users.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'authenticator'>(args, {
      parents: 'account',
      wanted: (hint) => hint?.['status'] !== 'deprovisioned',
      list: (account, next) => {
        const first = { url: `/api/v1/users/${segment(account.key)}/factors` };
        return partPage(args.client, first, next, (item) => mapFactor(item, account.key, args.client.drift));
      },
    }),
  refresh: refreshAuthenticators,
});
