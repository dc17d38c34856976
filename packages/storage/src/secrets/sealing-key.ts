import type { Queries } from '../database/database.js';
import type { KeyRing } from './key-ring.js';
import type { MasterKey } from './master-key.js';
import { SecretsError } from './secrets-error.js';

export type KeyState = 'in use' | 'retired' | 'unknown';

/** Whether something that is sealed may still need the key. */
export async function stateOf(queries: Queries, key: MasterKey): Promise<KeyState> {
  const [row] = await queries.query<{ readonly used: boolean }>(
    'SELECT retired_at IS NULL AS used FROM key_check WHERE key_id = $1',
    [key.id],
  );
  if (row === undefined) return 'unknown';
  return row.used ? 'in use' : 'retired';
}

/**
 * The key to seal with. It cannot be retired before this transaction ends, and once it is, a host that still runs with it
 * seals nothing more: nobody would have the key to open that.
 */
export async function holdSealingKey(queries: Queries, { primary }: KeyRing): Promise<MasterKey> {
  const held = await queries.query('SELECT FROM key_check WHERE key_id = $1 AND retired_at IS NULL FOR SHARE', [primary.id]);
  if (held.length === 0) throw keyRetired();
  return primary;
}

export function keyRetired(): SecretsError {
  const text =
    'The key of this process was retired by "castellan keys rotate". Start Castellan with the new key (CASTELLAN_KEY or its key file); nothing was changed.';
  return new SecretsError('key_retired', text);
}
