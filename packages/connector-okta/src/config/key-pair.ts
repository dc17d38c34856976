import type { JsonObject, KeyAlgorithm, KeyPair } from '@castellan/connector-sdk';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** Of an RSA key: what Okta itself makes, and the least that it takes. */
const RSA_BITS = 2048;

/**
 * A key pair for an app of type "API Services", as JWKs (RFC 7517). The `kid` is the thumbprint (RFC 7638), so that Okta finds
 * the key among several and nobody has to think of a name. The private half leaves this machine never: Okta gets the public one.
 */
export async function makeKeyPair(algorithm: KeyAlgorithm): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: RSA_BITS });
  const publicJwk = await exportJWK(publicKey);
  const about = { use: 'sig', alg: algorithm, kid: await calculateJwkThumbprint(publicJwk) };
  return {
    publicJwk: membersOf({ ...publicJwk, ...about }),
    privateKey: JSON.stringify({ ...(await exportJWK(privateKey)), ...about }),
    nextSteps: NEXT_STEPS,
  };
}

/** A JWK holds texts only, but its type allows more: here it is seen that all of them are. */
function membersOf(jwk: JWK): JsonObject {
  const entries = Object.entries(jwk).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}

/** Where things are in Okta's console. Source: Okta, "Implement OAuth for Okta with a service app". */
const NEXT_STEPS: readonly string[] = [
  'In Okta: Applications > Applications > Create App Integration > API Services. An app of this type that exists will do, too.',
  'In its tab General, at Client Credentials: Edit, choose "Public key / Private key" and "Save keys in Okta", Add key, paste the public key, Done, Save.',
  'In its tab Okta API Scopes: grant the scopes.',
  'In its tab Admin roles: assign "Read-Only Administrator" at least.',
  'In its tab General: copy the client ID. Castellan needs it beside the domain and the private key.',
];
