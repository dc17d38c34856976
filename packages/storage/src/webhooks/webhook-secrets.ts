import type { Queries } from '../database/database.js';
import { openSecret, type SealedSecret, sealSecret } from '../secrets/envelope.js';
import type { KeyRing } from '../secrets/key-ring.js';
import { holdSealingKey } from '../secrets/sealing-key.js';

export interface WebhookSecretOwner {
  readonly workspaceId: string;
  readonly webhookId: string;
}

interface SecretRow extends SealedSecret {
  readonly version: number;
}

/** Part of what is sealed, beside the owner and the version. */
export const WEBHOOK_FIELD = 'signing';

/** The secrets that sign a webhook's deliveries: the current one, and for a day the one before it. */
export class WebhookSecrets {
  constructor(private readonly keys: KeyRing) {}

  /** The caller has locked the webhook. @throws SecretsError when the key of this process was retired meanwhile. */
  async replace(queries: Queries, owner: WebhookSecretOwner, secret: string): Promise<void> {
    const { webhookId } = owner;
    await queries.query('DELETE FROM webhook_secrets WHERE webhook_id = $1 AND expires_at IS NOT NULL', [webhookId]);
    const [before] = await queries.query<{ readonly version: number }>(
      `UPDATE webhook_secrets SET expires_at = now() + interval '24 hours' WHERE webhook_id = $1 RETURNING version`,
      [webhookId],
    );
    const version = (before?.version ?? 0) + 1;
    const sealed = sealSecret(await holdSealingKey(queries, this.keys), { ...owner, field: WEBHOOK_FIELD, version }, secret);
    await queries.query(
      `INSERT INTO webhook_secrets (webhook_id, version, algorithm, key_id, wrapped_key, iv, ciphertext, tag)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [webhookId, version, sealed.algorithm, sealed.keyId, sealed.wrappedKey, sealed.iv, sealed.ciphertext, sealed.tag],
    );
  }

  /** The newest first. @throws SecretsError when one does not open. */
  async open(queries: Queries, owner: WebhookSecretOwner): Promise<readonly string[]> {
    const rows = await queries.query<SecretRow>(
      `SELECT version, algorithm, key_id AS "keyId", wrapped_key AS "wrappedKey", iv, ciphertext, tag
       FROM webhook_secrets WHERE webhook_id = $1 AND (expires_at IS NULL OR expires_at > now()) ORDER BY version DESC`,
      [owner.webhookId],
    );
    return rows.map((row) => openSecret(this.keys, { ...owner, field: WEBHOOK_FIELD, version: row.version }, row));
  }

  async forgetExpired(queries: Queries): Promise<void> {
    await queries.query('DELETE FROM webhook_secrets WHERE expires_at <= now()');
  }
}
