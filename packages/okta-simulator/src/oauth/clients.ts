import { createHash, generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import type { JWK } from 'jose';
import { makeId } from '../generator/ids.js';

/** `integration`: an API service integration of the OIN. `custom`: an API Services app that the customer made. */
export type ClientKind = 'integration' | 'custom';

export interface OauthClient {
  readonly id: string;
  readonly kind: ClientKind;
  readonly secret: string;
  /** Public keys by `kid`. */
  readonly keys: Map<string, JWK>;
  dpopRequired: boolean;
}

export interface SimulatorCredentials {
  readonly clientSecret: { readonly method: 'client_secret'; readonly clientId: string; readonly clientSecret: string };
  readonly privateKey: {
    readonly method: 'private_key';
    readonly clientId: string;
    readonly privateKey: string;
    readonly keyId: string;
  };
  readonly apiToken: { readonly method: 'api_token'; readonly token: string };
  /** The custom app's id with a secret: Okta refuses that pair and says that a key is needed. */
  readonly customAppSecret: { readonly method: 'client_secret'; readonly clientId: string; readonly clientSecret: string };
}

export interface Clients {
  readonly integration: OauthClient;
  readonly custom: OauthClient;
  readonly apiToken: string;
  readonly credentials: SimulatorCredentials;
}

const secretText = (seed: number, what: string): string =>
  createHash('sha384').update(`${what} of simulated org ${seed}`).digest('base64url');

/**
 * Ids and secrets follow the seed: who has connected a simulated org finds it again after a restart. The key pair is another with
 * every start, and made when somebody asks for it: that takes longer than all else of a start, and most never do.
 */
export function createClients(seed: number, dpopRequired: boolean): Clients {
  const keys = new Map<string, JWK>();
  const keyId = makeId('kid', seed, 1);
  let pem: string | undefined;
  const base = { secret: secretText(seed, 'integration'), keys, dpopRequired: false };
  const integration: OauthClient = { ...base, id: makeId('0oa', seed, 400_000_001), kind: 'integration' };
  const custom: OauthClient = {
    ...base,
    id: makeId('0oa', seed, 400_000_002),
    kind: 'custom',
    secret: secretText(seed, 'custom app'),
    dpopRequired,
  };
  const apiToken = `00${secretText(seed, 'token').slice(0, 40)}`;
  const credentials: SimulatorCredentials = {
    clientSecret: { method: 'client_secret', clientId: integration.id, clientSecret: integration.secret },
    get privateKey() {
      pem ??= newKey(keyId, keys);
      return { method: 'private_key' as const, clientId: custom.id, privateKey: pem, keyId };
    },
    apiToken: { method: 'api_token', token: apiToken },
    customAppSecret: { method: 'client_secret', clientId: custom.id, clientSecret: custom.secret },
  };
  return { integration, custom, apiToken, credentials };
}

/** @returns the private half as PKCS #8; the public one is added to `keys` */
function newKey(keyId: string, keys: Map<string, JWK>): string {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  keys.set(keyId, { ...publicKey.export({ format: 'jwk' }), kty: 'RSA', kid: keyId, alg: 'RS256', use: 'sig' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
