import { ConfigError, edgeParts, type JsonObject } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { ObjectReader } from '../map/object-reader.js';
import { noSuch, requireId } from './okta-action.js';

/** An object of Okta's, by its id. */
export interface Subject {
  readonly id: string;
  /** As a part of a path. */
  readonly segment: string;
  readonly name: string;
  readonly status: string | null;
  readonly object: ObjectReader;
}

async function found(client: OktaClient, url: string, kind: string): Promise<ObjectReader | undefined> {
  const response = await client.find({ url });
  return response === undefined ? undefined : (ObjectReader.of(response.body, kind, client.drift) ?? undefined);
}

/** By id, which is true at once where lists lag behind. @throws ConfigError that names the field */
export async function accountBy(client: OktaClient, id: string, field = 'account'): Promise<Subject> {
  const segment = requireId(id, field);
  const object = await found(client, `/api/v1/users/${segment}`, 'user');
  if (object === undefined) throw noSuch('account', field);
  // Okta finds people by their login, too: what would be done is done to whom somebody has meant.
  if (object.id('id') !== id) throw new ConfigError({ field, message: 'Is not the ID of an account in Okta.' });
  const name = object.child('profile').filled('login') ?? id;
  return { id, segment, name, status: object.string('status'), object };
}

export async function groupBy(
  client: OktaClient,
  id: string,
  field = 'group',
): Promise<Subject & { readonly type: string | null }> {
  const segment = requireId(id, field);
  const object = await found(client, `/api/v1/groups/${segment}`, 'group');
  if (object === undefined) throw noSuch('group', field);
  return { id, segment, name: object.child('profile').filled('name') ?? id, status: null, object, type: object.string('type') };
}

export async function applicationBy(client: OktaClient, id: string, field = 'application'): Promise<Subject> {
  const segment = requireId(id, field);
  const object = await found(client, `/api/v1/apps/${segment}`, 'application');
  if (object === undefined) throw noSuch('application', field);
  return { id, segment, name: object.filled('label') ?? id, status: object.string('status'), object };
}

export async function identityProviderBy(client: OktaClient, id: string, field = 'identityProvider'): Promise<Subject> {
  const segment = requireId(id, field);
  const object = await found(client, `/api/v1/idps/${segment}`, 'identity provider');
  if (object === undefined) throw noSuch('identity provider', field);
  return { id, segment, name: object.filled('name') ?? id, status: object.string('status'), object };
}

/** The object as Okta wrote it, to be sent again; `undefined`: there is none. */
export async function rawAt(client: OktaClient, url: string): Promise<JsonObject | undefined> {
  const response = await client.find({ url });
  // Okta's JSON is an object of JSON, or it is nothing that could be sent again.
  return response === undefined || typeof response.body !== 'object' ? undefined : (response.body as JsonObject);
}

/** The parts of a key such as `owner|own`. @throws ConfigError */
export function ownedBy(
  key: string,
  field: string,
  [owners, owns]: readonly [string, string],
): { readonly owner: string; readonly own: string } {
  const [owner = '', own = '', ...others] = edgeParts(key);
  if (owner !== '' && own !== '' && others.length === 0) return { owner, own };
  throw new ConfigError({ field, message: `Is the ID of ${owners} and that of ${owns}, with | between them.` });
}
