import type { RecordKind, RefreshPage } from '@castellan/connector-sdk';
import { mapAccountDevice } from '../map/account-device.js';
import { tokensOf } from '../streams/each-account/token-list.js';
import { segment } from '../streams/parts.js';
import { readPaged } from './paged-part.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

/** No second proof for an empty list, as for factors: an event has named the account. */
export function refreshAccountDevices(args: OktaRefreshArgs): AsyncIterable<RefreshPage<'account_device'>> {
  const { client } = args;
  return byAccount(args, (account) =>
    readPaged<'account_device'>({
      client,
      first: { url: `/api/v1/users/${segment(account)}/devices` },
      map: (item) => mapAccountDevice(item, account, client.drift),
      scope: asScope(account),
      end: () => Promise.resolve({}),
    }),
  );
}

export function refreshTokenGrants(args: OktaRefreshArgs): AsyncIterable<RefreshPage<'token_grant'>> {
  return byAccount(args, async (account) => {
    const page = await tokensOf(args.client, account, 'normal');
    const complete = [asScope(account)];
    return page === 'gone' ? nothing(complete) : { records: page.records, rejected: page.rejected, complete };
  });
}

const asScope = (account: string) => ({ field: 'account', value: account });

/** Whoever is gone or deactivated has nothing any more, and costs no call. */
function byAccount<K extends RecordKind>(
  { scopes, synced }: OktaRefreshArgs,
  read: (account: string) => Promise<Step<K>>,
): AsyncIterable<RefreshPage<K>> {
  const { account: accounts, others } = byField(scopes, 'account');
  const parts = accounts.map((account): Part<K> => {
    return {
      scopes: [asScope(account)],
      read: async () => {
        const entry = await synced.get('account', account);
        return entry === undefined || entry.hint?.['status'] === 'deprovisioned' ? nothing([asScope(account)]) : read(account);
      },
    };
  });
  return readParts([...parts, ...unreadable<K>(others)]);
}
