import { KeyFiles } from './key-files.js';
import type { KeyProvider } from './key-provider.js';
import { KeyRing } from './key-ring.js';
import { parseKey } from './master-key.js';
import { SecretsError } from './secrets-error.js';

/** `CASTELLAN_KEY` and `CASTELLAN_KEY_PREVIOUS`: 32 bytes each, as base64 or as 64 hexadecimal digits. */
export function keyFromText(text: string, previous?: string): KeyProvider {
  return {
    async keyRing() {
      const primary = parseKey(text, 'CASTELLAN_KEY');
      return new KeyRing(primary, previous === undefined ? undefined : parseKey(previous, 'CASTELLAN_KEY_PREVIOUS'));
    },
    async renew() {
      const way =
        'Make a new key (openssl rand -base64 32), set CASTELLAN_KEY to it and CASTELLAN_KEY_PREVIOUS to the key that is in use now';
      throw new SecretsError('no_new_key', `There is no new key to rotate to. ${way}, for every host, and run this again.`);
    },
    async putAway() {
      return 'Remove CASTELLAN_KEY_PREVIOUS. Keep the old key as long as you keep backups of the database from before.';
    },
  };
}

/** A file that only its owner may read. `create`: made at the first start (development). */
export function keyFromFile(path: string, options: { readonly create: boolean }): KeyProvider {
  return new KeyFiles(path, options);
}

/** The variables when they are set, else the file. @throws SecretsError when only the previous key is there. */
export function keyFrom(
  environment: Readonly<Record<string, string | undefined>>,
  file: string,
  options: { readonly create: boolean },
): KeyProvider {
  // An empty variable is how many tools write "not set".
  const [key, previous] = [environment['CASTELLAN_KEY'] || undefined, environment['CASTELLAN_KEY_PREVIOUS'] || undefined];
  if (key !== undefined) return keyFromText(key, previous);
  if (previous === undefined) return keyFromFile(file, options);
  throw new SecretsError('bad_key', 'CASTELLAN_KEY_PREVIOUS is set without CASTELLAN_KEY. Set both, or none.');
}
