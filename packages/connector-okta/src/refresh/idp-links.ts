import type { RefreshPage, Scope } from '@castellan/connector-sdk';
import { mapIdpUser } from '../map/identity-provider.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { segment } from '../streams/parts.js';
import { endsOf } from './cover.js';
import { isDoubtful } from './doubt.js';
import { differenceOf, knownKeys } from './known.js';
import { readPaged } from './paged-part.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

type Row = 'idp_link';

/**
 * An edge is asked for after a sign-in, and every sign-in through an identity provider is an event: one that is known
 * costs no call. An account's links are asked for when it came or went: then each known one is looked at.
 */
export async function* refreshIdpLinks(args: OktaRefreshArgs): AsyncGenerator<RefreshPage<Row>, void, void> {
  const { key, account, identityProvider, others } = byField(args.scopes, 'key', 'account', 'identityProvider');
  const strange = key.filter((edge) => endsOf(edge) === undefined).map((value) => ({ field: 'key', value }));
  yield* readParts([
    ...identityProvider.map((idp) => providerPart(args, idp)),
    ...account.map((user) => accountPart(args, user)),
    ...key.filter((edge) => endsOf(edge) !== undefined).map((edge) => edgePart(args, edge)),
    ...unreadable<Row>([...others, ...strange]),
  ]);
}

function edgePart(args: OktaRefreshArgs, edge: string): Part<Row> {
  const scope = { field: 'key', value: edge };
  const read = async (): Promise<Step<Row>> => {
    if ((await args.synced.get('idp_link', edge)) !== undefined) return { settled: [scope] };
    return { ...(await readEdge(args, edge)), complete: [scope] };
  };
  return { scopes: [scope], read };
}

async function readEdge({ client, synced }: OktaRefreshArgs, edge: string): Promise<Step<Row>> {
  const [idp, user] = endsOf(edge) ?? ['', ''];
  if ((await synced.get('identity_provider', idp)) === undefined) return {};
  const response = await client.find({ url: urlOf(edge) });
  const record = response === undefined ? null : mapIdpUser(response.body, idp, client.drift);
  return record?.data.account === user ? { records: [record] } : {};
}

function urlOf(edge: string): string {
  const [idp, user] = endsOf(edge) ?? ['', ''];
  return `/api/v1/idps/${segment(idp)}/users/${segment(user)}`;
}

function accountPart(args: OktaRefreshArgs, user: string): Part<Row> {
  const scope = { field: 'account', value: user };
  const read = async (): Promise<Step<Row>> => {
    if ((await args.synced.get('account', user)) === undefined) return nothing([scope]);
    const known = await knownKeys(args.synced, 'idp_link', scope);
    const records = [];
    for (const edge of known) records.push(...((await readEdge(args, edge)).records ?? []));
    return { records, complete: [scope] };
  };
  return { scopes: [scope], read };
}

function providerPart(args: OktaRefreshArgs, idp: string): Part<Row> {
  const { client, synced } = args;
  const scope: Scope = { field: 'identityProvider', value: idp };
  const read = async (): Promise<Step<Row>> => {
    if ((await synced.get('identity_provider', idp)) === undefined) return nothing([scope]);
    const known = await knownKeys(synced, 'idp_link', scope);
    return readPaged({
      client,
      first: { url: `/api/v1/idps/${segment(idp)}/users`, query: { limit: String(PAGE_SIZE.idpUsers) } },
      map: (item) => mapIdpUser(item, idp, client.drift),
      scope,
      end: async (shown, gone) => {
        const [witness] = differenceOf(known, shown).vanished;
        if (gone || witness === undefined || !isDoubtful(shown.size, known.size)) return {};
        if ((await client.find({ url: urlOf(witness) })) === undefined) return {};
        return { doubt: `Okta listed ${shown.size} accounts without one that is there when asked for by itself` };
      },
    });
  };
  return { scopes: [scope], read };
}
