import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** How assertions are signed with a key. Okta takes these for `private_key_jwt` (Okta, "Implement OAuth for Okta with a service app"). */
export type SigningAlgorithm = 'RS256' | 'ES256' | 'ES384' | 'ES512';

export interface SigningKey {
  readonly key: KeyObject;
  readonly algorithm: SigningAlgorithm;
  /** The `kid` of a JWK; Okta finds the key by it when an app has several. */
  readonly keyId: string | undefined;
}

/** The key, or what is wrong with what was pasted. The message never quotes the input. */
export type ParsedKey = { readonly signing: SigningKey } | { readonly problem: string };

const LEAST_RSA_BITS = 2048;
const CURVES: Readonly<Record<string, SigningAlgorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
const FORMS = 'Paste the whole private key: PEM ("-----BEGIN PRIVATE KEY-----" and all lines after it) or the JWK as JSON.';

/** Reads a PEM (PKCS#8, PKCS#1, SEC 1) or a JWK. Pure and offline. */
export function parsePrivateKey(text: string): ParsedKey {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return parseJwk(trimmed);
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(trimmed)) {
    return { problem: 'Is protected by a passphrase. Remove it first, e.g. with "openssl pkcs8 -topk8 -nocrypt".' };
  }
  if (/-----BEGIN (RSA |EC )?PUBLIC KEY-----|-----BEGIN CERTIFICATE-----/.test(trimmed)) {
    return { problem: `Is the public half of the key. ${FORMS}` };
  }
  // Forms and JSON files often carry the line breaks of a PEM as the two characters `\n`.
  return build(() => createPrivateKey(trimmed.replaceAll('\\n', '\n')), undefined);
}

function parseJwk(text: string): ParsedKey {
  const jwk = readObject(text);
  if (jwk === undefined) return { problem: `Is not complete JSON. ${FORMS}` };
  if (Array.isArray(jwk['keys'])) return { problem: 'Is a set of keys. Paste only the one key that starts with {"kty": ...}.' };
  if (typeof jwk['d'] !== 'string')
    return { problem: 'Is the public half of the key: it has no "d". Paste the private key as JSON.' };
  const keyId = typeof jwk['kid'] === 'string' && jwk['kid'] !== '' ? jwk['kid'] : undefined;
  return build(() => createPrivateKey({ key: jwk, format: 'jwk' }), keyId);
}

function readObject(text: string): JsonWebKey | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // A JWK is an open map of members; createPrivateKey checks those that it needs.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonWebKey) : undefined;
  } catch {
    return undefined;
  }
}

function build(make: () => KeyObject, keyId: string | undefined): ParsedKey {
  let key: KeyObject;
  try {
    key = make();
  } catch {
    return { problem: `Is not a private key that can be read. ${FORMS}` };
  }
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') {
    const bits = details.modulusLength ?? 0;
    if (bits < LEAST_RSA_BITS) return { problem: `Is an RSA key of ${bits} bits. Okta needs at least ${LEAST_RSA_BITS}.` };
    return { signing: { key, algorithm: 'RS256', keyId } };
  }
  const algorithm = key.asymmetricKeyType === 'ec' ? CURVES[details.namedCurve ?? ''] : undefined;
  if (algorithm !== undefined) return { signing: { key, algorithm, keyId } };
  return { problem: 'Is a kind of key that Okta does not take. Use RSA (2048 bits or more) or EC (P-256, P-384, P-521).' };
}
