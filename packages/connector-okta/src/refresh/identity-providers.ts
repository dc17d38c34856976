import type { Instant, RefreshPage } from '@castellan/connector-sdk';
import { mapIdentityProvider } from '../map/identity-provider.js';
import { segment } from '../streams/parts.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, staleNow, unreadable } from './read-parts.js';

/** @param keyExpiries asked once: when the keys of all identity providers expire, by `kid`. */
export function refreshIdentityProviders(
  args: OktaRefreshArgs,
  keyExpiries: () => Promise<ReadonlyMap<string, Instant>>,
): AsyncIterable<RefreshPage<'identity_provider'>> {
  const { key: keys, others } = byField(args.scopes, 'key');
  let expiries: Promise<ReadonlyMap<string, Instant>> | undefined;
  const expiriesOnce = (): Promise<ReadonlyMap<string, Instant>> => (expiries ??= keyExpiries());
  const parts = keys.map(
    (key): Part<'identity_provider'> => ({
      scopes: [{ field: 'key', value: key }],
      read: () => readIdentityProvider(args, key, expiriesOnce),
    }),
  );
  return readParts([...parts, ...unreadable<'identity_provider'>(others)]);
}

async function readIdentityProvider(
  { client, synced }: OktaRefreshArgs,
  key: string,
  keyExpiries: () => Promise<ReadonlyMap<string, Instant>>,
): Promise<Step<'identity_provider'>> {
  const complete = [{ field: 'key', value: key }];
  const before = await synced.get('identity_provider', key);
  const response = await client.find({ url: `/api/v1/idps/${segment(key)}` });
  if (response === undefined)
    return { complete, stale: before === undefined ? [] : [staleNow(client, 'idp-links', 'identityProvider', key)] };
  const record = mapIdentityProvider(response.body, await keyExpiries(), client.drift);
  if (record?.key === key) return { records: [record], complete };
  const reason = 'Okta answered with something that is not this identity provider';
  return { unread: complete.map((scope) => ({ scope, reason })) };
}
