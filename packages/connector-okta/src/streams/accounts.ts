import { PermissionError } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import { mapAccount } from '../map/account.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { parseListCursor } from './cursors.js';
import { listPages } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { readAccountDelta } from '../refresh/account-delta.js';
import { refreshAccounts } from '../refresh/accounts.js';

/**
 * Leaves out links and a transition that nobody reads. `omitCredentials` is not among them, although only all three
 * together make Okta answer faster: without credentials nobody would know who checks an account's password.
 */
const OMIT = { 'content-type': 'application/json; okta-response="omitCredentialsLinks,omitTransitioningToStatus"' };

/** Every user of the organisation, deactivated ones too: only `search` lists those. */
export const accounts = oktaStream({
  name: 'accounts',
  kind: 'account',
  requires: ['okta.users.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'account'>(args, {
      first: { url: '/api/v1/users', query: { search: 'status pr', limit: String(PAGE_SIZE.accounts) }, headers: OMIT },
      map: (item) => mapAccount(item, args.client.drift),
      check: (items) => {
        if (items.length === 0) throw noUsers();
      },
      cost: { stream: 'accounts', bucket: BUCKETS.users },
    }),
  refresh: (args) => refreshAccounts(args, OMIT),
  delta: (args) => readAccountDelta(args, OMIT),
});

/**
 * An app without an admin role gets an empty list and status 200. No organisation is without users (somebody has made the
 * app), and an empty list taken at its word would say that everybody has left.
 */
export function noUsers(): PermissionError {
  return new PermissionError({
    message:
      "Okta showed no user at all, which is how it answers an app without an admin role. Assign one in Okta: Applications > the app > Admin roles, 'Read-Only Administrator' at least.",
    missing: ['admin role: Read-Only Administrator'],
  });
}
