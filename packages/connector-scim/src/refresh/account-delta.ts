import type { DeltaArgs, DeltaPage } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { mapAccount } from '../map/account.js';
import { userList } from '../streams/lists.js';
import { staleAfterAccount } from './accounts.js';
import { readDelta } from './delta.js';

export async function* readAccountDelta(args: DeltaArgs<ScimClient>): AsyncGenerator<DeltaPage<'account'>, void, void> {
  const { client, synced } = args;
  const service = await client.service();
  yield* readDelta(args, {
    stream: 'accounts',
    kind: 'account',
    list: userList(service),
    map: (item) => mapAccount(item, service, client.oddities),
    staleAfter: async (record) => staleAfterAccount(client, service, await synced.get('account', record.key), record),
  });
}
