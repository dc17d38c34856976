import type { RefreshPage, Scope, SourceRecord } from '@castellan/connector-sdk';
import { mapIdpUser } from '../map/identity-provider.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { segment } from '../streams/parts.js';
import { endsOf } from './cover.js';
import { doubtByWitness } from './doubt.js';
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
    const record = await readEdge(args, edge);
    if (record === 'strange') return unreadLink(scope);
    return { records: record === undefined ? [] : [record], complete: [scope] };
  };
  return { scopes: [scope], read };
}

/** @returns `undefined` when the link is gone, `strange` when the answer is no such link: that says nothing of the link. */
async function readEdge({ client, synced }: OktaRefreshArgs, edge: string): Promise<SourceRecord<Row> | 'strange' | undefined> {
  const [idp] = endsOf(edge) ?? [''];
  if ((await synced.get('identity_provider', idp)) === undefined) return undefined;
  const response = await client.find({ url: urlOf(edge) });
  if (response === undefined) return undefined;
  const record = mapIdpUser(response.body, idp, client.drift);
  return record?.key === edge ? record : 'strange';
}

function unreadLink(scope: Scope): Step<Row> {
  return { unread: [{ scope, reason: 'Okta answered with something that is not this link to an identity provider' }] };
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
    const records: SourceRecord<Row>[] = [];
    let isWhole = true;
    for (const edge of known) {
      const record = await readEdge(args, edge);
      if (record === 'strange') isWhole = false;
      else if (record !== undefined) records.push(record);
    }
    return isWhole ? { records, complete: [scope] } : { ...unreadLink(scope), records };
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
        return { doubt: gone ? undefined : await doubtByWitness(client, { known, shown, witness, urlOf, rows: 'accounts' }) };
      },
    });
  };
  return { scopes: [scope], read };
}
