import type { Database, Queries } from '../database/database.js';
import { openBytes, sealBytes } from './envelope.js';
import type { KeyRing } from './key-ring.js';
import type { MasterKey } from './master-key.js';
import { keyRetired } from './sealing-key.js';
import { SecretsError } from './secrets-error.js';
import { countWrapped } from './wrapped-keys.js';

const AAD = 'v1|key check';
const PLAIN = Buffer.from('castellan');

interface CheckRow {
  readonly keyId: string;
  readonly sealed: Buffer;
  readonly retiredAt: Date | null;
}

/**
 * A known text, sealed by each key that is in use: whoever comes without one of them is refused before he overwrites
 * anything that it could still open. A primary key that is new here is in use from now on.
 * @param asReader registers none
 * @throws SecretsError; nothing was changed then
 */
export async function checkKeys(database: Database, ring: KeyRing, asReader = false): Promise<void> {
  await database.transaction(async (queries) => {
    // Two hosts that start at once with two keys: the second must see the first one's row.
    await queries.query('LOCK TABLE key_check IN SHARE ROW EXCLUSIVE MODE');
    const rows = await queries.query<CheckRow>(
      'SELECT key_id AS "keyId", sealed, retired_at AS "retiredAt" FROM key_check ORDER BY created_at, key_id',
    );
    const used = rows.filter((row) => row.retiredAt === null);
    const missing = used.filter((row) => !opens(ring.find(row.keyId), row.sealed));
    // Where something is sealed and no row is left, the check was lost, and any key would be taken for the right one.
    if (rows.length === 0 && (await countWrapped(queries)) > 0) throw wrongKey();
    const known = rows.find((row) => row.keyId === ring.primary.id);
    if (known?.retiredAt instanceof Date) throw keyRetired();
    if (missing.length > 0) throw fits(ring.primary, used) ? unfinished() : wrongKey();
    if (known === undefined && !asReader) await register(queries, ring.primary);
  });
}

async function register(queries: Queries, key: MasterKey): Promise<void> {
  await queries.query('INSERT INTO key_check (key_id, sealed) VALUES ($1, $2)', [key.id, sealBytes(key.bytes, AAD, PLAIN)]);
}

function fits(key: MasterKey, used: readonly CheckRow[]): boolean {
  return used.some((row) => row.keyId === key.id && opens(key, row.sealed));
}

function opens(key: MasterKey | undefined, sealed: Buffer): boolean {
  if (key === undefined) return false;
  try {
    return openBytes(key.bytes, AAD, sealed).equals(PLAIN);
  } catch {
    return false;
  }
}

function wrongKey(): SecretsError {
  const text =
    'The secrets in this database were sealed with another key. Start Castellan with that key (CASTELLAN_KEY or its key file), or set CASTELLAN_KEY_PREVIOUS to it beside a new CASTELLAN_KEY; nothing was changed.';
  return new SecretsError('wrong_key', text);
}

function unfinished(): SecretsError {
  const text =
    'Secrets in this database are still sealed with the key before this one. Set CASTELLAN_KEY_PREVIOUS to it (with a key file: put the file back, with .previous at the end of its name) until "castellan keys rotate" has finished; nothing was changed.';
  return new SecretsError('wrong_key', text);
}
