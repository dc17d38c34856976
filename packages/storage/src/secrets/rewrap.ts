import type { Database, Queries } from '../database/database.js';
import { openBytes, sealBytes } from './envelope.js';
import type { MasterKey } from './master-key.js';
import { WRAPPED_KEYS, type WrappedKeys } from './wrapped-keys.js';

/** Rows of one transaction: few, so that a host that changes a secret meanwhile does not wait. */
const BATCH = 20;

export interface Rewrapping {
  readonly from: MasterKey;
  readonly to: MasterKey;
  readonly signal?: AbortSignal | undefined;
}

/** A row that the old key does not open: somebody has changed it. */
export interface StuckKey {
  readonly table: string;
  readonly identity: Readonly<Record<string, string>>;
}

interface WrappedRow {
  readonly identity: Readonly<Record<string, string>>;
  readonly wrapped: Buffer;
}

/** One pass over all rows that `from` has wrapped. `onBatch` is told how many each committed transaction has done. */
export async function rewrap(
  database: Database,
  work: Rewrapping,
  onBatch: (count: number) => void,
): Promise<readonly StuckKey[]> {
  const stuck: StuckKey[] = [];
  for (const target of WRAPPED_KEYS) {
    let after: WrappedRow['identity'] | undefined;
    for (;;) {
      work.signal?.throwIfAborted();
      const batch = await database.transaction((queries) => rewrapBatch(queries, target, work, after));
      if (batch.done > 0) onBatch(batch.done);
      stuck.push(...batch.stuck);
      after = batch.last;
      if (after === undefined) break;
    }
  }
  return stuck;
}

interface Batch {
  readonly done: number;
  readonly stuck: readonly StuckKey[];
  readonly last: WrappedRow['identity'] | undefined;
}

async function rewrapBatch(
  queries: Queries,
  target: WrappedKeys,
  { from, to }: Rewrapping,
  after: WrappedRow['identity'] | undefined,
): Promise<Batch> {
  const rows = await queries.query<WrappedRow>(selectBatch(target, after !== undefined), [
    from.id,
    ...Object.values(after ?? {}),
  ]);
  const stuck: StuckKey[] = [];
  for (const row of rows) {
    const wrapped = wrapAgain(row, target, from, to);
    if (wrapped === undefined) stuck.push({ table: target.table, identity: row.identity });
    else await queries.query(update(target), [to.id, wrapped, ...Object.values(row.identity)]);
  }
  return { done: rows.length - stuck.length, stuck, last: rows.at(-1)?.identity };
}

function wrapAgain(row: WrappedRow, target: WrappedKeys, from: MasterKey, to: MasterKey): Buffer | undefined {
  // What stands beside the key in the row is what it is bound to.
  const aad = target.aad({ ...row });
  try {
    const key = openBytes(from.bytes, aad, row.wrapped);
    const wrapped = sealBytes(to.bytes, aad, key);
    key.fill(0);
    return wrapped;
  } catch {
    return undefined;
  }
}

/** $1: the key's id; then the last row of the batch before, if there was one. Names come from the registry only. */
function selectBatch({ table, identity, wrapped, place, join = '' }: WrappedKeys, isLater: boolean): string {
  const names = Object.keys(identity);
  const columns = names.map((name) => `t.${name}`).join(', ');
  const object = names.map((name) => `'${name}', t.${name}`).join(', ');
  const values = Object.values(identity).map((type, index) => `$${index + 2}::${type}`);
  const later = isLater ? `AND (${columns}) > (${values.join(', ')})` : '';
  return `SELECT json_build_object(${object}) AS identity, t.${wrapped} AS wrapped, ${place} FROM ${table} t ${join}
    WHERE t.key_id = $1 ${later} ORDER BY ${columns} LIMIT ${BATCH} FOR UPDATE OF t`;
}

function update({ table, identity, wrapped }: WrappedKeys): string {
  const names = Object.entries(identity).map(([name, type], index) => `${name} = $${index + 3}::${type}`);
  return `UPDATE ${table} SET key_id = $1, ${wrapped} = $2 WHERE ${names.join(' AND ')}`;
}
