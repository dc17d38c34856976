import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.js';
import type { MasterKey } from './master-key.js';
import { SecretsError } from './secrets-error.js';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
/** Pinned: without it Node accepts a tag that was cut to four bytes, which can be guessed. */
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Where a secret belongs. A sealed secret that is copied anywhere else does not open. */
export type SecretPlace = (OfIntegration | OfWebhook) & {
  readonly workspaceId: string;
  readonly field: string;
  readonly version: number;
};
interface OfIntegration {
  readonly integrationId: string;
}
interface OfWebhook {
  readonly webhookId: string;
}

export interface SealedSecret {
  readonly algorithm: string;
  /** Names the master key, so that a rotation knows what is left to do. */
  readonly keyId: string;
  /** iv, ciphertext and tag of the data key. */
  readonly wrappedKey: Buffer;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/** A data key of its own for each secret and version, itself encrypted by the master key. */
export function sealSecret(master: MasterKey, place: SecretPlace, secret: string): SealedSecret {
  const dataKey = randomBytes(KEY_BYTES);
  const aad = secretAad(place);
  const { iv, ciphertext, tag } = encrypt(dataKey, aad, Buffer.from(secret, 'utf8'));
  const wrappedKey = sealBytes(master.bytes, aad, dataKey);
  dataKey.fill(0);
  return { algorithm: ALGORITHM, keyId: master.id, wrappedKey, iv, ciphertext, tag };
}

/** @throws SecretsError, the same for every cause: nobody learns from it which part was wrong. */
export function openSecret(keys: KeyRing, place: SecretPlace, sealed: SealedSecret): string {
  const aad = secretAad(place);
  try {
    const master = keys.find(sealed.keyId);
    if (master === undefined || sealed.algorithm !== ALGORITHM) throw new Error('unknown key or algorithm');
    const dataKey = openBytes(master.bytes, aad, sealed.wrappedKey);
    return decrypt(dataKey, aad, sealed).toString('utf8');
  } catch {
    const text = `The stored secret "${place.field}" cannot be opened. Enter it again, or start Castellan with the key that sealed it.`;
    throw new SecretsError('cannot_open', text);
  }
}

export function sealBytes(key: Uint8Array, aad: string, plain: Uint8Array): Buffer {
  const { iv, ciphertext, tag } = encrypt(key, aad, plain);
  return Buffer.concat([iv, ciphertext, tag]);
}

/** @throws Error when key, place or bytes are not the ones that were sealed. */
export function openBytes(key: Uint8Array, aad: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('too short');
  const end = bytes.length - TAG_BYTES;
  return decrypt(key, aad, {
    iv: bytes.subarray(0, IV_BYTES),
    ciphertext: bytes.subarray(IV_BYTES, end),
    tag: bytes.subarray(end),
  });
}

interface Encrypted {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

function encrypt(key: Uint8Array, aad: string, plain: Uint8Array): Encrypted {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { iv, ciphertext, tag: cipher.getAuthTag() };
}

function decrypt(key: Uint8Array, aad: string, { iv, ciphertext, tag }: Encrypted): Buffer {
  if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES) throw new Error('wrong length');
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

/** Ids are UUIDs and the version is a number, so a `|` in a field's name cannot make two places read alike. */
export function secretAad(place: SecretPlace): string {
  const owner = 'webhookId' in place ? `webhook:${place.webhookId}` : place.integrationId;
  return `v1|${place.workspaceId}|${owner}|${place.field}|${place.version}`;
}
