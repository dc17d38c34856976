import { createHmac, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SecretsError } from './secrets-error.js';

const KEY_BYTES = 32;

/** The key that encrypts data keys. Lives in memory only; never logged, never stored beside what it protects. */
export interface MasterKey {
  /** Derived one way from the key: names it without telling it. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** Where the master key comes from: an environment variable, a file; later a KMS. */
export interface KeyProvider {
  masterKey(): Promise<MasterKey>;
}

/** `CASTELLAN_KEY`: 32 bytes as base64 or as 64 hexadecimal digits. */
export function keyFromText(text: string): KeyProvider {
  return { masterKey: async () => parseKey(text, 'CASTELLAN_KEY') };
}

/** A file that only its owner may read. `create`: made at the first start (development). */
export function keyFromFile(path: string, options: { readonly create: boolean }): KeyProvider {
  return {
    async masterKey() {
      if (!existsSync(path)) {
        if (!options.create) {
          const text = `There is no key file at ${path}. Set CASTELLAN_KEY to 32 random bytes (openssl rand -base64 32) and keep a copy.`;
          throw new SecretsError('key_missing', text);
        }
        createKeyFile(path);
      }
      refuseExposed(path);
      return parseKey(readFileSync(path, 'utf8'), `The key file ${path}`);
    },
  };
}

/** The variable when it is set, else the file. */
export function keyFrom(
  environment: Readonly<Record<string, string | undefined>>,
  file: string,
  options: { readonly create: boolean },
): KeyProvider {
  const text = environment['CASTELLAN_KEY'];
  return text === undefined || text === '' ? keyFromFile(file, options) : keyFromText(text);
}

/** @throws SecretsError that calls the text `where`, and never shows it. */
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

/** Written aside and linked: two hosts that start at once end up with one key, and a half-written one is never read. */
function createKeyFile(path: string): void {
  // Not 0700: the embedded server's account may have to pass through it; the key itself is 0600.
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    fsyncSync(handle); // a secret sealed by a key that a power cut took away is lost for good
  } finally {
    closeSync(handle);
  }
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function refuseExposed(path: string): void {
  if (process.platform === 'win32') return;
  const { mode } = statSync(path);
  if ((mode & 0o077) === 0) return;
  const shown = (mode & 0o777).toString(8).padStart(4, '0');
  throw new SecretsError('key_exposed', `The key file ${path} has mode ${shown}: others may read it. Run chmod 600 on it.`);
}
