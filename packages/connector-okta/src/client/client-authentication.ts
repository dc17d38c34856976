import { randomUUID } from 'node:crypto';
import { AuthError } from '@castellan/connector-sdk';
import { SignJWT } from 'jose';
import type { ClientSecretAuth, PrivateKeyAuth } from '../config/okta-auth.js';
import { parsePrivateKey, type SigningKey } from '../config/private-key.js';

/** How the app says who it is, in one request to the token endpoint. */
export interface ClientProof {
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** Seconds that an assertion is good for; Okta takes at most an hour. */
const ASSERTION_SECONDS = 300;

/** Called anew for every attempt: an assertion may be used once only. `now` is Okta's clock as far as known. */
export type ClientAuthentication = (tokenUrl: string, now: Date) => Promise<ClientProof>;

export function clientAuthentication(auth: ClientSecretAuth | PrivateKeyAuth): ClientAuthentication {
  if (auth.method === 'client_secret') {
    const basic = Buffer.from(`${encode(auth.clientId)}:${encode(auth.clientSecret)}`).toString('base64');
    // In the header only: Okta refuses a secret in the body for its own scopes.
    return () => Promise.resolve({ headers: { authorization: `Basic ${basic}` }, form: {} });
  }
  const parsed = parsePrivateKey(auth.privateKey);
  if ('problem' in parsed) {
    throw new AuthError({ message: `The private key cannot be used: ${parsed.problem}`, field: 'auth.privateKey' });
  }
  return async (tokenUrl, now) => ({ headers: {}, form: await assertion(auth, parsed.signing, tokenUrl, now) });
}

/** RFC 7523 section 2.2, as Okta takes it ("Implement OAuth for Okta with a service app"). */
async function assertion(auth: PrivateKeyAuth, signing: SigningKey, audience: string, now: Date): Promise<ClientProof['form']> {
  const keyId = auth.keyId ?? signing.keyId;
  const issuedAt = Math.floor(now.getTime() / 1000);
  const jwt = await new SignJWT({})
    .setProtectedHeader({ alg: signing.algorithm, ...(keyId !== undefined && { kid: keyId }) })
    .setIssuer(auth.clientId)
    .setSubject(auth.clientId)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ASSERTION_SECONDS)
    .setJti(randomUUID())
    .sign(signing.key);
  return { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: jwt };
}

/** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. Okta's ids and secrets hold nothing that changes. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+');
}
