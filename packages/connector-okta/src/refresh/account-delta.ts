import type { DeltaArgs, DeltaPage, HttpHeaders } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { mapAccount } from '../map/account.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { staleAfterAccount } from './accounts.js';
import { readDelta } from './delta.js';

/** @param headers of the listing, so that a user looks the same here. Deactivated users are among the filtered ones. */
export function readAccountDelta(args: DeltaArgs<OktaClient>, headers: HttpHeaders): AsyncIterable<DeltaPage<'account'>> {
  const { client, synced } = args;
  return readDelta<'account'>(args, {
    first: (since) => ({
      url: '/api/v1/users',
      query: { filter: `lastUpdated gt "${since}"`, limit: String(PAGE_SIZE.accounts) },
      headers,
    }),
    map: (item) => mapAccount(item, client.drift),
    staleAfter: async (record) => staleAfterAccount(client, await synced.get('account', record.key), record),
  });
}
