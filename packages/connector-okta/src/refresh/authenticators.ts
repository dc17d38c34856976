import type { RefreshPage } from '@castellan/connector-sdk';
import { mapFactor } from '../map/authenticator.js';
import { segment } from '../streams/parts.js';
import { readPaged } from './paged-part.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

type Row = 'authenticator';

/** No second proof for an empty list: an event has named the account, and a reset leaves no factor. */
export function refreshAuthenticators(args: OktaRefreshArgs): AsyncIterable<RefreshPage<Row>> {
  const { account, others } = byField(args.scopes, 'account');
  return readParts([...account.map((user) => accountPart(args, user)), ...unreadable<Row>(others)]);
}

function accountPart({ client, synced }: OktaRefreshArgs, user: string): Part<Row> {
  const scope = { field: 'account', value: user };
  const read = async (): Promise<Step<Row>> => {
    const entry = await synced.get('account', user);
    // Its factors are gone with it.
    if (entry === undefined || entry.hint?.['status'] === 'deprovisioned') return nothing([scope]);
    return readPaged({
      client,
      first: { url: `/api/v1/users/${segment(user)}/factors` },
      map: (item) => mapFactor(item, user, client.drift),
      scope,
      end: () => Promise.resolve({}),
    });
  };
  return { scopes: [scope], read };
}
