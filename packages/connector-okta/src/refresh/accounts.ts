import type { HttpHeaders, RefreshPage, Stale, SyncedEntry } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { mapAccount } from '../map/account.js';
import { asListed } from '../map/as-listed.js';
import { segment } from '../streams/parts.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, staleNow, unreadable } from './read-parts.js';

/** @param headers of the listing, so that a user looks the same here. */
export function refreshAccounts(args: OktaRefreshArgs, headers: HttpHeaders): AsyncIterable<RefreshPage<'account'>> {
  const { key: keys, others } = byField(args.scopes, 'key');
  const parts = keys.map(
    (key): Part<'account'> => ({ scopes: [{ field: 'key', value: key }], read: () => readAccount(args, key, headers) }),
  );
  return readParts([...parts, ...unreadable<'account'>(others)]);
}

async function readAccount({ client, synced }: OktaRefreshArgs, key: string, headers: HttpHeaders): Promise<Step<'account'>> {
  const url = `/api/v1/users/${segment(key)}`;
  const before = await synced.get('account', key);
  const response = await client.find({ url, headers });
  const complete = [{ field: 'key', value: key }];
  if (response === undefined) return { complete, stale: before === undefined ? [] : staleWithPresence(client, key) };
  const record = mapAccount(asListed(response.body), client.drift);
  if (record === null || record.key !== key) {
    const reason = 'Okta answered with something that is not this account';
    return { unread: complete.map((scope) => ({ scope, reason })) };
  }
  return { records: [record], complete, stale: staleAfterAccount(client, before, record) };
}

/**
 * What must be read again when somebody came, was deactivated or came back. The events say most of it; but an event may
 * be missing, and a delta has none.
 */
export function staleAfterAccount(
  client: OktaClient,
  before: SyncedEntry | undefined,
  after: { readonly key: string; readonly hint?: SyncedEntry['hint'] | undefined },
): readonly Stale[] {
  const isPresent = (hint: SyncedEntry['hint']): boolean => hint?.['status'] !== 'deprovisioned';
  if (before !== undefined && isPresent(before.hint) === isPresent(after.hint)) return [];
  return staleWithPresence(client, after.key);
}

function staleWithPresence(client: OktaClient, key: string): readonly Stale[] {
  return [
    staleNow(client, 'everyone-memberships', 'member', key),
    staleNow(client, 'memberships', 'member', key),
    staleNow(client, 'app-user-assignments', 'principal', key),
    staleNow(client, 'user-role-assignments', 'principal', key),
    staleNow(client, 'idp-links', 'account', key),
    staleNow(client, 'authenticators', 'account', key),
    ...(client.config.eachAccount ? ['account-devices', 'token-grants'] : []).map((stream) =>
      staleNow(client, stream, 'account', key),
    ),
  ];
}
