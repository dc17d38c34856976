import type { Queries } from '../database/database.js';
import { secretAad, type SecretPlace } from './envelope.js';
import { WEBHOOK_FIELD } from '../webhooks/webhook-secrets.js';
import { hostKeyAad } from './host-keys.js';

/** Columns of a table that hold a key wrapped by a master key. */
export interface WrappedKeys {
  readonly table: string;
  /** Columns that name a row, with their types, in the order of an index. */
  readonly identity: Readonly<Record<string, 'uuid' | 'text' | 'integer'>>;
  readonly wrapped: string;
  /** What a row's place is made of, over the table as `t`. */
  readonly place: string;
  readonly join?: string;
  /** The place of a row, which the wrapping is bound to. */
  aad(row: Readonly<Record<string, unknown>>): string;
}

/** Every table that a rotation has to go through. A test finds one that is missing here by its column `key_id`. */
export const WRAPPED_KEYS: readonly WrappedKeys[] = [
  {
    table: 'secrets',
    identity: { integration_id: 'uuid', field: 'text' },
    wrapped: 'wrapped_key',
    place: 'i.workspace_id AS "workspaceId", t.integration_id AS "integrationId", t.field, t.version',
    join: 'JOIN integrations i ON i.id = t.integration_id',
    // The columns of `place`, as the database types them.
    aad: (row) => secretAad(row as unknown as SecretPlace),
  },
  {
    table: 'webhook_secrets',
    identity: { webhook_id: 'uuid', version: 'integer' },
    wrapped: 'wrapped_key',
    place: `w.workspace_id AS "workspaceId", t.webhook_id AS "webhookId", '${WEBHOOK_FIELD}' AS field, t.version`,
    join: 'JOIN webhooks w ON w.id = t.webhook_id',
    aad: (row) => secretAad(row as unknown as SecretPlace),
  },
  {
    table: 'host_keys',
    identity: { name: 'text' },
    wrapped: 'wrapped',
    place: 't.name',
    aad: (row) => hostKeyAad(String(row['name'])),
  },
];

/** How many keys are wrapped; by one master key, or by any. */
export async function countWrapped(queries: Queries, keyId?: string): Promise<number> {
  const counts = WRAPPED_KEYS.map(({ table }) => `(SELECT count(*) FROM ${table} WHERE $1::text IS NULL OR key_id = $1)`);
  const [row] = await queries.query<{ readonly count: string }>(`SELECT ${counts.join(' + ')} AS count`, [keyId ?? null]);
  return Number(row?.count);
}
