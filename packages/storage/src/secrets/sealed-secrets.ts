import type { Queries } from '../database/database.js';
import { openSecret, type SealedSecret, sealSecret } from './envelope.js';
import type { KeyRing } from './key-ring.js';
import { holdSealingKey } from './sealing-key.js';

export interface SecretStatus {
  /** The dotted path in the config, e.g. `auth.clientSecret`. */
  readonly field: string;
  readonly changedAt: Date;
}

/** Secrets by the dotted path of their field; `null` forgets one. A path that is not named stays as it is. */
export type SecretChanges = Readonly<Record<string, string | null>>;

export interface SecretOwner {
  readonly workspaceId: string;
  readonly integrationId: string;
}

interface SecretRow extends SealedSecret {
  readonly field: string;
  readonly version: number;
}

export class SealedSecrets {
  constructor(private readonly keys: KeyRing) {}

  /** In a transaction of the caller's. @throws SecretsError when the key of this process was retired meanwhile. */
  async change(queries: Queries, owner: SecretOwner, changes: SecretChanges): Promise<void> {
    for (const [field, secret] of Object.entries(changes)) {
      if (secret === null) {
        await queries.query('DELETE FROM secrets WHERE integration_id = $1 AND field = $2', [owner.integrationId, field]);
        continue;
      }
      // The version is part of what is sealed, so it is taken first; the caller has locked the integration.
      const [current] = await queries.query<{ readonly version: number }>(
        'SELECT version FROM secrets WHERE integration_id = $1 AND field = $2',
        [owner.integrationId, field],
      );
      const version = (current?.version ?? 0) + 1;
      const sealed = sealSecret(await holdSealingKey(queries, this.keys), { ...owner, field, version }, secret);
      await queries.query(
        `INSERT INTO secrets (integration_id, field, version, algorithm, key_id, wrapped_key, iv, ciphertext, tag)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (integration_id, field) DO UPDATE SET version = excluded.version, algorithm = excluded.algorithm,
           key_id = excluded.key_id, wrapped_key = excluded.wrapped_key, iv = excluded.iv, ciphertext = excluded.ciphertext,
           tag = excluded.tag, changed_at = now()`,
        [
          owner.integrationId,
          field,
          version,
          sealed.algorithm,
          sealed.keyId,
          sealed.wrappedKey,
          sealed.iv,
          sealed.ciphertext,
          sealed.tag,
        ],
      );
    }
  }

  /** All secrets of an integration in the clear. @throws SecretsError when one does not open. */
  async open(queries: Queries, owner: SecretOwner): Promise<ReadonlyMap<string, string>> {
    const rows = await queries.query<SecretRow>(
      `SELECT field, version, algorithm, key_id AS "keyId", wrapped_key AS "wrappedKey", iv, ciphertext, tag
       FROM secrets WHERE integration_id = $1 ORDER BY field`,
      [owner.integrationId],
    );
    return new Map(
      rows.map((row) => [row.field, openSecret(this.keys, { ...owner, field: row.field, version: row.version }, row)]),
    );
  }
}
