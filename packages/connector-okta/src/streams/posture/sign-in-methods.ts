import { ConnectorError, inOrder, type Page, type ReadArgs } from '@castellan/connector-sdk';
import { BUCKETS } from '../../client/buckets.js';
import { listOf, type OktaClient } from '../../client/okta-client.js';
import { ObjectReader } from '../../map/object-reader.js';
import { mapSignInMethod } from '../../map/sign-in-method.js';
import { type ListCursor, parseListCursor } from '../cursors.js';
import { listPages } from '../listing.js';
import { oktaStream } from '../okta-stream.js';
import { segment } from '../parts.js';
import { POSTURE } from './posture-pack.js';

const AUTHENTICATORS = '/api/v1/authenticators';
/** Authenticators whose methods are fetched at once. */
const AHEAD = 4;

type Methods = readonly unknown[] | null;

/** Okta's authenticators, each with its methods: what is offered, not what anybody has enrolled. */
export const signInMethods = oktaStream({
  name: 'sign-in-methods',
  kind: 'sign_in_method',
  pack: POSTURE,
  requires: ['okta.authenticators.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: readSignInMethods,
});

async function* readSignInMethods(
  args: ReadArgs<OktaClient, ListCursor>,
): AsyncGenerator<Page<'sign_in_method', ListCursor>, void, void> {
  const { client } = args;
  let methods: ReadonlyMap<unknown, Methods> = new Map();
  yield* listPages<'sign_in_method'>(args, {
    cost: { stream: 'sign-in-methods', bucket: BUCKETS.rest },
    first: { url: AUTHENTICATORS },
    fetch: async (request) => {
      const response = await client.get(request);
      methods = await methodsOf(client, listOf(response, request.url).items);
      return response;
    },
    map: (item) => mapSignInMethod(item, methods.get(item) ?? null, client.drift),
  });
}

async function methodsOf(client: OktaClient, items: readonly unknown[]): Promise<ReadonlyMap<unknown, Methods>> {
  const found = new Map<unknown, Methods>();
  const results = inOrder(items, AHEAD, async (item): Promise<readonly [unknown, Methods]> => {
    const id = ObjectReader.of(item, 'authenticator', client.drift)?.id('id') ?? null;
    return [item, id === null ? null : await methodsOfOne(client, id)];
  });
  for await (const [item, methods] of results) found.set(item, methods);
  return found;
}

/** `null` when they cannot be read: that an authenticator is offered at all matters more than with which methods. */
async function methodsOfOne(client: OktaClient, id: string): Promise<Methods> {
  const url = `${AUTHENTICATORS}/${segment(id)}/methods`;
  try {
    return listOf(await client.get({ url }), url).items;
  } catch (error) {
    if (!ConnectorError.is(error) || (error.kind !== 'permission' && error.kind !== 'upstream')) throw error;
    client.logger.warn('methods of an authenticator could not be read', { kind: error.kind, detail: error.detail });
    return null;
  }
}
