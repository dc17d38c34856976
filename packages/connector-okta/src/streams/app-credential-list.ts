import type { JsonObject } from '@castellan/connector-sdk';
import { unexpectedBody } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { isEncryptionKey, mapClientKey, mapClientSecret, mapSigningKey } from '../map/app-credential.js';
import { type CredentialList, credentialListIn } from '../map/app-hint.js';
import { isObject } from '../map/is-object.js';
import type { PartPage } from './fan-out.js';
import { type Mapper, mapItems } from './listing.js';
import { isNotOffered } from './offer.js';
import { segment } from './parts.js';

/** All that one application has; none of the lists is paged. @param hint of the application */
export async function credentialsOf(
  client: OktaClient,
  application: string,
  hint: JsonObject | undefined,
  priority: 'normal' | 'low',
): Promise<PartPage<'app_credential'>> {
  const list = credentialListIn(hint);
  if (list === undefined) return 'gone';
  const url = `/api/v1/apps/${segment(application)}/credentials/${list}`;
  try {
    const response = await client.find({ url, priority });
    if (response === undefined) return 'gone';
    const items = list === 'jwks' && !Array.isArray(response.body) ? keysIn(response.body, url) : listOf(response, url).items;
    const own = items.filter((item) => list !== 'jwks' || !isEncryptionKey(item));
    return { ...mapItems(own, mapperOf(client, application, list, hint), url), next: undefined };
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
  list: CredentialList,
  hint: JsonObject | undefined,
): Mapper<'app_credential'> {
  if (list === 'secrets') return (item) => mapClientSecret(item, application, drift);
  if (list === 'jwks') return (item) => mapClientKey(item, application, drift);
  const inUse = hint?.['signing'];
  return (item) => mapSigningKey(item, application, typeof inUse === 'string' ? inUse : undefined, drift);
}
