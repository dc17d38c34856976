import type { Database } from '../database/database.js';
import { openBytes, sealBytes } from './envelope.js';
import type { MasterKey } from './master-key.js';
import { SecretsError } from './secrets-error.js';

const AAD = 'v1|key check';
const PLAIN = Buffer.from('castellan');

/**
 * A known text, sealed at the first start: whoever comes with another key is refused before he overwrites anything that
 * the right key could still open.
 */
export async function checkMasterKey(database: Database, master: MasterKey): Promise<void> {
  // Not where secrets exist already: then the check was lost, and any key would be taken for the right one.
  await database.query(
    `INSERT INTO key_check (id, key_id, sealed) SELECT 1, $1, $2 WHERE NOT EXISTS (SELECT FROM secrets) ON CONFLICT DO NOTHING`,
    [master.id, sealBytes(master.bytes, AAD, PLAIN)],
  );
  const [stored] = await database.query<{ readonly sealed: Buffer }>('SELECT sealed FROM key_check WHERE id = 1');
  if (stored !== undefined && opens(master, stored.sealed)) return;
  const text =
    'The secrets in this database were sealed with another key. Start Castellan with that key (CASTELLAN_KEY or its key file); nothing was changed.';
  throw new SecretsError('wrong_key', text);
}

function opens(master: MasterKey, sealed: Buffer): boolean {
  try {
    return openBytes(master.bytes, AAD, sealed).equals(PLAIN);
  } catch {
    return false;
  }
}
