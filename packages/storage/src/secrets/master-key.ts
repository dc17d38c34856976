import { createHmac, randomBytes } from 'node:crypto';
import { SecretsError } from './secrets-error.js';

const KEY_BYTES = 32;

/** A key that encrypts data keys. Lives in memory only; never logged, never stored beside what it protects. */
export interface MasterKey {
  /** Derived one way from the key: names it without telling it. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** @throws SecretsError that calls the text `where`, and never shows it: for anything but 32 bytes as base64 or hexadecimal. */
export function parseKey(text: string, where: string): MasterKey {
  const trimmed = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  // Buffer skips what is not base64: only a text that comes out the same again was one.
  const same =
    bytes.toString('base64').replace(/=+$/, '') === trimmed.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (bytes.length !== KEY_BYTES || !(same || trimmed.length === 64)) {
    throw new SecretsError(
      'bad_key',
      `${where} must hold 32 bytes, as base64 or as 64 hexadecimal digits (openssl rand -base64 32).`,
    );
  }
  return { id: createHmac('sha256', bytes).update('castellan key id').digest('hex').slice(0, 16), bytes };
}

/** A new key as the text of a key file. */
export function newKeyText(): string {
  return `${randomBytes(KEY_BYTES).toString('base64')}\n`;
}
