import type { HttpHeaders, HttpRequest, Json } from '@castellan/connector-sdk';
import { isSecretName } from '../redaction/secret-names.js';

/** What one attempt has sent and no error may quote: a provider may echo a token, an assertion or a new password. */
export function sentSecrets(authorization: HttpHeaders, { form = {}, json }: HttpRequest): readonly string[] {
  return [...named(form), ...(json === undefined ? [] : named(json)), ...Object.values(authorization).flatMap(credentials)];
}

/** Texts under names that stand for secrets, however deep. */
function named(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, content]: [string, Json]) =>
    typeof content === 'string' ? (isSecretName(name) ? [content] : []) : named(content),
  );
}

/** `Bearer token`: the token by itself as well. `Basic base64(id:secret)`: the secret by itself as well. */
function credentials(value: string): readonly string[] {
  const [scheme = '', ...rest] = value.split(' ');
  const token = rest.join(' ');
  if (token === '') return [value];
  if (scheme.toLowerCase() !== 'basic') return [value, token];
  const pair = Buffer.from(token, 'base64').toString();
  return [value, token, pair.slice(pair.indexOf(':') + 1)];
}
