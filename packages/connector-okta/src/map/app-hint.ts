import type { JsonObject } from '@castellan/connector-sdk';
import { beginningOfKid } from './app-credential.js';
import type { ObjectReader } from './object-reader.js';

/** Which of Okta's three lists of credentials shows those of an application. */
type CredentialList = 'secrets' | KeyList;
export type KeyList = 'jwks' | 'keys';

/** Sign-on by a statement that Okta signs. */
const FEDERATED: ReadonlySet<string | null> = new Set(['SAML_2_0', 'SAML_1_1', 'WS_FEDERATION']);
const IMPORTS = 'IMPORT_NEW_USERS';

/**
 * What is worth asking about an application, each only where it is: `credentials`, which of Okta's three lists of them; `signing`, the
 * beginning of the id of the key that is in use; `provisioned`; `imports`; `pushes`. In the bucket of applications, the scarcest, a call
 * for each of all would take many minutes.
 */
export function askedOf(app: ObjectReader): JsonObject {
  const list = credentialListOf(app);
  const kid = list === 'keys' ? app.child('credentials').child('signing').filled('kid') : null;
  const features = app.strings('features');
  return {
    ...(list !== undefined && { credentials: list }),
    ...(kid !== null && { signing: beginningOfKid(kid) }),
    ...(features.length > 0 && { provisioned: true }),
    ...(features.includes(IMPORTS) && { imports: true }),
    ...(features.includes('GROUP_PUSH') && { pushes: true }),
  };
}

function credentialListOf(app: ObjectReader): CredentialList | undefined {
  const isClient = app.string('signOnMode') === 'OPENID_CONNECT' || app.child('credentials').has('oauthClient');
  // Applications that Okta signs for name their key; clients name the one that is the organisation's.
  const isSignedFor = !isClient && app.child('credentials').child('signing').has('kid');
  if (isSignedFor || FEDERATED.has(app.string('signOnMode'))) return 'keys';
  const method = app.child('credentials').child('oauthClient').string('token_endpoint_auth_method');
  if (method?.startsWith('client_secret') === true) return 'secrets';
  const client = app.child('settings').child('oauthClient');
  // A service app has nothing but keys, also where Okta does not say how it proves itself.
  const isKeyed = method === 'private_key_jwt' || client.string('application_type') === 'service';
  // Okta keeps no keys of a client that shows them at an address of its own.
  return isKeyed && !client.has('jwks_uri') ? 'jwks' : undefined;
}

/** The list of keys that a hint names. */
export function keyListIn(hint: JsonObject | undefined): KeyList | undefined {
  const list = hint?.['credentials'];
  return list === 'jwks' || list === 'keys' ? list : undefined;
}

/** Whether a hint says that the application proves itself by a secret. */
export function hasSecrets(hint: JsonObject | undefined): boolean {
  return hint?.['credentials'] === 'secrets';
}
