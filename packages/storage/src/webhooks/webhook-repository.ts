import type { Database, Queries } from '../database/database.js';
import type { SubscribableType } from '../events/event-types.js';
import type { SeverityNumber } from '../findings/finding.js';
import type { WebhookReceiver } from './webhook-receiver.js';
import type { WebhookSecrets } from './webhook-secrets.js';

/** What every webhook has, however its receiver is told. */
interface WebhookSettings {
  readonly description: string | null;
  /** Empty: all. */
  readonly eventTypes: readonly SubscribableType[];
  /** Of events that have a severity, from this one on; `null`: of all. */
  readonly leastSeverity: SeverityNumber | null;
  readonly isEnabled: boolean;
}

export type Webhook = WebhookSettings &
  WebhookReceiver & {
    readonly id: string;
    readonly workspaceId: string;
    /** `gone`: the receiver has answered that it is there no more. `null`: enabled, or a person has switched it off. */
    readonly disabledReason: 'gone' | null;
    /** `null`: mail is not signed. */
    readonly secretChangedAt: Date | null;
    /** Until when the secret before this one signs as well; `null`: there is none. */
    readonly previousSecretUntil: Date | null;
    readonly createdAt: Date;
    readonly updatedAt: Date;
  };

export type NewWebhook = WebhookSettings & WebhookReceiver;
/** The kind stays: whoever posts gets a new webhook to mail. */
export type WebhookChanges = {
  readonly [Property in Exclude<keyof NewWebhook, 'kind'>]?: NewWebhook[Property] | undefined;
};

/** A workspace has as many webhooks as it may have. */
export class WebhookLimitError extends Error {
  constructor(readonly most: number) {
    super(`A workspace can have ${most} webhooks.`);
    this.name = 'WebhookLimitError';
  }
}

const MOST = 20;

const SELECT = `SELECT w.id, w.workspace_id AS "workspaceId", w.kind, w.url, w.mail_to AS "mailTo", w.description, w.event_types AS "eventTypes",
  w.least_severity AS "leastSeverity", w.format, w.template,
  w.is_enabled AS "isEnabled", w.disabled_reason AS "disabledReason", s.created_at AS "secretChangedAt",
  p.expires_at AS "previousSecretUntil", w.created_at AS "createdAt", w.updated_at AS "updatedAt"
  FROM webhooks w LEFT JOIN webhook_secrets s ON s.webhook_id = w.id AND s.expires_at IS NULL
  LEFT JOIN webhook_secrets p ON p.webhook_id = w.id AND p.expires_at > now()`;

export class WebhookRepository {
  constructor(
    private readonly database: Database,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** @param secret signs what is posted; `null`: of mail @throws WebhookLimitError */
  async create(workspaceId: string, input: NewWebhook, secret: string | null): Promise<Webhook> {
    return this.database.transaction(async (queries) => {
      // One at a time for a workspace: two that do not see each other would both find room.
      await queries.query('SELECT FROM workspaces WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
      const [row] = await queries.query<{ readonly id: string }>(
        `INSERT INTO webhooks (workspace_id, url, description, event_types, least_severity, format, template, is_enabled, kind, mail_to)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $10, $11 WHERE (SELECT count(*) FROM webhooks WHERE workspace_id = $1) < $9 RETURNING id`,
        [
          workspaceId,
          input.url,
          input.description,
          input.eventTypes,
          input.leastSeverity,
          input.format,
          input.template,
          input.isEnabled,
          MOST,
          input.kind,
          input.mailTo,
        ],
      );
      if (row === undefined) throw new WebhookLimitError(MOST);
      if (secret !== null) await this.secrets.replace(queries, { workspaceId, webhookId: row.id }, secret);
      return this.require(queries, workspaceId, row.id);
    });
  }

  async get(workspaceId: string, id: string): Promise<Webhook | undefined> {
    return read(this.database, workspaceId, id);
  }

  /** As it is and stays until the end of the transaction that the caller is in: nobody else changes it meanwhile. */
  async getLocked(workspaceId: string, id: string): Promise<Webhook | undefined> {
    await lock(this.database, workspaceId, id);
    // Read after the lock: who waited for it must see what the other has made of it.
    return this.get(workspaceId, id);
  }

  async list(workspaceId: string): Promise<readonly Webhook[]> {
    return this.database.query<Webhook>(`${SELECT} WHERE w.workspace_id = $1 ORDER BY w.created_at, w.id`, [workspaceId]);
  }

  /** Changes what is named and nothing else. `undefined`: no such webhook. */
  async update(workspaceId: string, id: string, changes: WebhookChanges): Promise<Webhook | undefined> {
    await this.database.query(
      `UPDATE webhooks SET updated_at = now(), url = coalesce($3, url),
         description = CASE WHEN $4 THEN $5 ELSE description END, event_types = coalesce($6::text[], event_types),
         is_enabled = coalesce($7, is_enabled), disabled_reason = CASE WHEN $7 IS NULL THEN disabled_reason END,
         least_severity = CASE WHEN $8 THEN $9 ELSE least_severity END, format = coalesce($10, format),
         template = CASE WHEN $11 THEN $12 ELSE template END, mail_to = coalesce($13::text[], mail_to)
       WHERE workspace_id = $1 AND id = $2`,
      [
        workspaceId,
        id,
        changes.url ?? null,
        changes.description !== undefined,
        changes.description ?? null,
        changes.eventTypes ?? null,
        changes.isEnabled ?? null,
        changes.leastSeverity !== undefined,
        changes.leastSeverity ?? null,
        changes.format ?? null,
        changes.template !== undefined,
        changes.template ?? null,
        changes.mailTo ?? null,
      ],
    );
    return this.get(workspaceId, id);
  }

  /** The new secret signs from now on, the one before for another day; one from before that no longer. */
  async rotateSecret(workspaceId: string, id: string, secret: string): Promise<Webhook | undefined> {
    return this.database.transaction(async (queries) => {
      if (!(await lock(queries, workspaceId, id))) return undefined;
      await this.secrets.replace(queries, { workspaceId, webhookId: id }, secret);
      return this.require(queries, workspaceId, id);
    });
  }

  /** With its deliveries. */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    const rows = await this.database.query('DELETE FROM webhooks WHERE workspace_id = $1 AND id = $2 RETURNING id', [
      workspaceId,
      id,
    ]);
    return rows.length > 0;
  }

  /** The secrets that sign now, the newest first. @throws SecretsError when one does not open. */
  openSecrets(workspaceId: string, id: string): Promise<readonly string[]> {
    return this.secrets.open(this.database, { workspaceId, webhookId: id });
  }

  /** Secrets whose day is over are of no use to anybody but a thief. */
  forgetExpiredSecrets(): Promise<void> {
    return this.secrets.forgetExpired(this.database);
  }

  private async require(queries: Queries, workspaceId: string, id: string): Promise<Webhook> {
    const webhook = await read(queries, workspaceId, id);
    if (webhook === undefined) throw new Error('A webhook that was just written is not there.');
    return webhook;
  }
}

async function lock(queries: Queries, workspaceId: string, id: string): Promise<boolean> {
  const locked = await queries.query('SELECT FROM webhooks WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE', [
    workspaceId,
    id,
  ]);
  return locked.length > 0;
}

async function read(queries: Queries, workspaceId: string, id: string): Promise<Webhook | undefined> {
  const rows = await queries.query<Webhook>(`${SELECT} WHERE w.workspace_id = $1 AND w.id = $2`, [workspaceId, id]);
  return rows[0];
}
