import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { KeyProvider, KeyStep } from './key-provider.js';
import { KeyRing } from './key-ring.js';
import { type MasterKey, newKeyText, parseKey } from './master-key.js';
import { SecretsError } from './secrets-error.js';

/**
 * `castellan.key`, and `castellan.key.previous` while a rotation is not finished. Each step of a rotation is one rename or
 * link: a process killed between two of them leaves every key that has sealed something in a file that the next start reads.
 */
export class KeyFiles implements KeyProvider {
  private readonly previous: string;
  /** Has sealed nothing yet. */
  private readonly next: string;

  constructor(
    private readonly path: string,
    private readonly options: { readonly create: boolean },
  ) {
    this.previous = `${path}.previous`;
    this.next = `${path}.next`;
  }

  async keyRing(): Promise<KeyRing> {
    if (!existsSync(this.path)) {
      if (!this.options.create) {
        const text = `There is no key file at ${this.path}. Put your copy back; for a new installation set CASTELLAN_KEY to 32 random bytes (openssl rand -base64 32) and keep a copy.`;
        throw new SecretsError('key_missing', text);
      }
      writeKeyFile(this.path);
    }
    return new KeyRing(readKeyFile(this.path), existsSync(this.previous) ? readKeyFile(this.previous) : undefined);
  }

  async renew(onStep: (step: KeyStep) => void): Promise<KeyRing> {
    const { primary, previous } = await this.keyRing();
    // Of a rotation long over; the database does not know it any more.
    if (previous !== undefined && previous.id !== primary.id) await this.putAway(previous, onStep);
    if (!existsSync(this.next)) writeKeyFile(this.next);
    onStep('key made');
    if (!existsSync(this.previous)) linkSync(this.path, this.previous);
    syncFolder(this.path);
    onStep('old key kept');
    renameSync(this.next, this.path);
    syncFolder(this.path);
    onStep('new key in place');
    return this.keyRing();
  }

  /** Kept under another name, not removed: a backup of the database from before opens with this key only. */
  async putAway(old: MasterKey, onStep: (step: KeyStep) => void): Promise<string> {
    const filed = `${this.path}.retired-${old.id}`;
    if (existsSync(this.previous)) renameSync(this.previous, filed);
    syncFolder(this.path);
    onStep('old key filed');
    return `The old key is in ${filed}. Delete it when no backup of the database from before is left.`;
  }
}

function readKeyFile(path: string): MasterKey {
  refuseExposed(path);
  return parseKey(readFileSync(path, 'utf8'), `The key file ${path}`);
}

/** Written aside and linked: two hosts that start at once end up with one key, and a half-written one is never read. */
function writeKeyFile(path: string): void {
  // Not 0700: the embedded server's account may have to pass through it; the key itself is 0600.
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, newKeyText());
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
  syncFolder(path);
}

/** A name that a power cut took away is as bad as a file that it took away. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dirname(path), 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function refuseExposed(path: string): void {
  if (process.platform === 'win32') return;
  const { mode } = statSync(path);
  if ((mode & 0o077) === 0) return;
  const shown = (mode & 0o777).toString(8).padStart(4, '0');
  throw new SecretsError('key_exposed', `The key file ${path} has mode ${shown}: others may read it. Run chmod 600 on it.`);
}
