import type { HttpResponse, JsonObject, RecordKind } from '@castellan/connector-sdk';
import { unexpectedBody } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { isEncryptionKey, mapClientKey, mapSigningKey } from '../map/app-credential.js';
import { hasSecrets, type KeyList, keyListIn } from '../map/app-hint.js';
import { mapClientSecret } from '../map/client-secret.js';
import { isObject } from '../map/is-object.js';
import type { PartPage } from './fan-out.js';
import { type Mapper, mapItems } from './listing.js';
import { isNotOffered } from './offer.js';
import { segment } from './parts.js';

type Priority = 'normal' | 'low';

/** Keys and certificates of one application; the lists are not paged. @param hint of the application */
export async function credentialsOf(
  client: OktaClient,
  application: string,
  hint: JsonObject | undefined,
  priority: Priority,
): Promise<PartPage<'app_credential'>> {
  const list = keyListIn(hint);
  if (list === undefined) return 'gone';
  const map = mapperOf(client, application, list, hint);
  return wholeList(client, { application, list, priority }, map, (response, url) => {
    const items = list === 'jwks' && !Array.isArray(response.body) ? keysIn(response.body, url) : listOf(response, url).items;
    return items.filter((item) => list !== 'jwks' || !isEncryptionKey(item));
  });
}

/**
 * What is known about the secrets of one application; the list is not paged. Okta shows them in the clear there, and writes an event for
 * each reading (`app.oauth2.client.read_client_secret`): only for customers who have asked for it. @param hint of the application
 */
export async function secretsOf(
  client: OktaClient,
  application: string,
  hint: JsonObject | undefined,
  priority: Priority,
): Promise<PartPage<'client_secret'>> {
  if (!hasSecrets(hint)) return 'gone';
  const map: Mapper<'client_secret'> = (item) => mapClientSecret(item, application, client.drift);
  return wholeList(client, { application, list: 'secrets', priority }, map, (response, url) => listOf(response, url).items);
}

/** An application that is gone, or has nothing of the kind, has none. */
async function wholeList<K extends RecordKind>(
  client: OktaClient,
  { application, list, priority }: { readonly application: string; readonly list: string; readonly priority: Priority },
  map: Mapper<K>,
  itemsIn: (response: HttpResponse, url: string) => readonly unknown[],
): Promise<PartPage<K>> {
  const url = `/api/v1/apps/${segment(application)}/credentials/${list}`;
  try {
    const response = await client.find({ url, priority });
    if (response === undefined) return 'gone';
    return { ...mapItems(itemsIn(response, url), map, url), next: undefined };
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    client.logger.info('credentials of an application are not offered', { application, list, detail: error.detail });
    return 'gone';
  }
}

/** `{ jwks: { keys: [...] } }`, as Okta's example has it; its schema has the plain list. */
function keysIn(body: unknown, url: string): readonly unknown[] {
  const jwks: unknown = isObject(body) && 'jwks' in body ? body.jwks : body;
  const keys: unknown = isObject(jwks) && 'keys' in jwks ? jwks.keys : undefined;
  if (!Array.isArray(keys)) throw unexpectedBody(url, `${typeof body} without "keys"`);
  return keys;
}

function mapperOf(
  { drift }: OktaClient,
  application: string,
  list: KeyList,
  hint: JsonObject | undefined,
): Mapper<'app_credential'> {
  if (list === 'jwks') return (item) => mapClientKey(item, application, drift);
  const inUse = hint?.['signing'];
  return (item) => mapSigningKey(item, application, typeof inUse === 'string' ? inUse : undefined, drift);
}
