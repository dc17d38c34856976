import type { HttpHeaders } from '@castellan/connector-sdk';
import { isSecretName } from '../redaction/secret-names.js';

/** What one attempt has sent and no error may quote: a provider may echo a token or an assertion. */
export function sentSecrets(authorization: HttpHeaders, form: Readonly<Record<string, string>>): readonly string[] {
  const fromForm = Object.entries(form).flatMap(([name, value]) => (isSecretName(name) ? [value] : []));
  return [...fromForm, ...Object.values(authorization).flatMap(credentials)];
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
