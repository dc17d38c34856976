import { mapAccount } from '../map/account.js';
import { parseListCursor } from '../paging/list-cursor.js';
import { readAccountDelta } from '../refresh/account-delta.js';
import { refreshAccounts } from '../refresh/accounts.js';
import { listPages } from './listing.js';
import { userList } from './lists.js';
import { READ_USERS } from './rights.js';
import { scimStream } from './scim-stream.js';

export const accounts = scimStream({
  name: 'accounts',
  kind: 'account',
  requires: [READ_USERS],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  async *read({ client, from }) {
    const service = await client.service();
    yield* listPages(client, userList(service), (item) => mapAccount(item, service, client.oddities), from);
  },
  refresh: refreshAccounts,
  delta: readAccountDelta,
});
