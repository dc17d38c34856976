import { ConnectorError, type Instant, type Page, type ReadArgs, PageTrail } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import { listOf, type OktaClient, type OktaRequest } from '../client/okta-client.js';
import { mapIdentityProvider, mapIdpKey, mapIdpUser } from '../map/identity-provider.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { type ListCursor, parseFanOutCursor, parseListCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { listPages } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { endless } from './endless.js';
import { partPage, segment } from './parts.js';
import { refreshIdentityProviders } from '../refresh/identity-providers.js';
import { refreshIdpLinks } from '../refresh/idp-links.js';

export const identityProviders = oktaStream({
  name: 'identity-providers',
  kind: 'identity_provider',
  requires: ['okta.idps.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: readIdentityProviders,
  refresh: (args) => refreshIdentityProviders(args, () => keyExpiries(args.client)),
});

async function* readIdentityProviders(
  args: ReadArgs<OktaClient, ListCursor>,
): AsyncGenerator<Page<'identity_provider', ListCursor>, void, void> {
  const expiryByKey = await keyExpiries(args.client);
  yield* listPages<'identity_provider'>(args, {
    first: { url: '/api/v1/idps', query: { limit: String(PAGE_SIZE.identityProviders) } },
    map: (item) => mapIdentityProvider(item, expiryByKey, args.client.drift),
    cost: { stream: 'identity-providers', bucket: BUCKETS.rest },
  });
}

/** Expiry by `kid`: a few bytes for each key, and an organisation has about as many keys as identity providers. */
async function keyExpiries(client: OktaClient): Promise<ReadonlyMap<string, Instant>> {
  const expiries = new Map<string, Instant>();
  let request: OktaRequest | undefined = {
    url: '/api/v1/idps/credentials/keys',
    query: { limit: String(PAGE_SIZE.identityProviders) },
  };
  try {
    const trail = new PageTrail();
    while (request !== undefined) {
      const url: string = request.url;
      const { items, next } = listOf(await client.get(request), url);
      for (const item of items) {
        const entry = mapIdpKey(item, client.drift);
        if (entry !== null) expiries.set(...entry);
      }
      const problem = next === undefined ? undefined : trail.follow(next);
      if (problem !== undefined) throw endless('keys of identity providers', problem);
      request = next === undefined ? undefined : { url: next };
    }
  } catch (error) {
    // The providers matter more than when their keys expire; that field stays empty, and the log says why.
    if (!ConnectorError.is(error) || (error.kind !== 'permission' && error.kind !== 'upstream')) throw error;
    client.logger.warn('keys of identity providers could not be read', { kind: error.kind, detail: error.detail });
  }
  return expiries;
}

/** Accounts that sign in through each identity provider. */
export const idpLinks = oktaStream({
  name: 'idp-links',
  kind: 'idp_link',
  dependsOn: ['identity-providers'],
  requires: ['okta.idps.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'idp_link'>(args, {
      parents: 'identity_provider',
      cost: { stream: 'idp-links', bucket: BUCKETS.rest },
      list: (idp, next) => {
        const first = { url: `/api/v1/idps/${segment(idp.key)}/users`, query: { limit: String(PAGE_SIZE.idpUsers) } };
        return partPage(args.client, first, next, (item) => mapIdpUser(item, idp.key, args.client.drift));
      },
    }),
  refresh: refreshIdpLinks,
});
