import { randomBytes } from 'node:crypto';
import type { Database, Queries } from '../database/database.js';
import { openBytes, sealBytes } from './envelope.js';
import type { KeyRing } from './key-ring.js';
import { holdSealingKey } from './sealing-key.js';
import { SecretsError } from './secrets-error.js';

/** `audit`: the chain of the audit log. */
export const HOST_KEYS = ['audit'] as const;
export type HostKeyName = (typeof HOST_KEYS)[number];

const KEY_BYTES = 32;

type Begin = (queries: Queries, key: Buffer) => Promise<void>;
export type BeginWith = Readonly<Record<HostKeyName, Begin>>;

/**
 * Random keys that all hosts of a database share, each sealed by the master key: what was signed with one stays valid when
 * the master key is rotated. All are made at the first start, outside of any transaction that might be taken back.
 */
export class HostKeys {
  private constructor(private readonly keys: ReadonlyMap<HostKeyName, Buffer>) {}

  /** @param begin what has to begin with a new key, in the transaction that makes it; without it nothing is made */
  static async open(database: Database, ring: KeyRing, begin?: BeginWith): Promise<HostKeys> {
    const keys = new Map<HostKeyName, Buffer>();
    for (const name of HOST_KEYS) {
      const key = (await read(database, ring, name)) ?? (begin && (await make(database, ring, name, begin[name])));
      if (key !== undefined) keys.set(name, key);
    }
    return new HostKeys(keys);
  }

  get(name: HostKeyName): Buffer {
    const key = this.keys.get(name);
    if (key === undefined) throw new Error(`There is no host key named ${name}.`);
    return key;
  }
}

export function hostKeyAad(name: string): string {
  return `v1|host key|${name}`;
}

async function read(queries: Queries, ring: KeyRing, name: HostKeyName): Promise<Buffer | undefined> {
  const [row] = await queries.query<{ readonly keyId: string; readonly wrapped: Buffer }>(
    'SELECT key_id AS "keyId", wrapped FROM host_keys WHERE name = $1',
    [name],
  );
  if (row === undefined) return undefined;
  try {
    const master = ring.find(row.keyId);
    if (master === undefined) throw new Error('unknown key');
    return openBytes(master.bytes, hostKeyAad(name), row.wrapped);
  } catch {
    const text = `The host's key "${name}" in the table host_keys cannot be opened. Restore that row from a backup.`;
    throw new SecretsError('cannot_open', text);
  }
}

/** Another host may make it at the same time: the row that is there then counts. */
async function make(database: Database, ring: KeyRing, name: HostKeyName, begin: Begin): Promise<Buffer> {
  await database.transaction(async (queries) => {
    const master = await holdSealingKey(queries, ring);
    const key = randomBytes(KEY_BYTES);
    const made = await queries.query(
      'INSERT INTO host_keys (name, key_id, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING name',
      [name, master.id, sealBytes(master.bytes, hostKeyAad(name), key)],
    );
    if (made.length > 0) await begin(queries, key);
  });
  const made = await read(database, ring, name);
  if (made === undefined) throw new Error(`The host key ${name} was removed while it was being made.`);
  return made;
}
