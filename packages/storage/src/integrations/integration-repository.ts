import type { JsonObject } from '@castellan/connector-sdk';
import { type Database, type Queries, sqlState } from '../database/database.js';
import type { IntegrationRow, SecretRow } from '../schema/entities.js';
import { RECORD_TABLES } from '../schema/record-tables.js';
import type { SealedSecrets, SecretChanges, SecretStatus } from '../secrets/sealed-secrets.js';

export interface Integration {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectorId: string;
  readonly name: string;
  readonly owner: string | null;
  /** Without its secrets. */
  readonly config: JsonObject;
  /** Which secrets are set, and since when; never more. */
  readonly secrets: readonly SecretStatus[];
  /** The provider's own id of the organisation. */
  readonly tenantId: string | null;
  readonly scheduleSeconds: number;
  readonly paused: boolean;
  readonly nextRunAt: Date;
  readonly pollSeconds: number | null;
  readonly nextPollAt: Date | null;
  readonly polledAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewIntegration {
  readonly connectorId: string;
  /** Made unique in the workspace: `Okta`, `Okta 2`. */
  readonly name: string;
  readonly owner?: string | null;
  readonly config: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly tenantId?: string | null;
  readonly scheduleSeconds?: number;
}

export interface IntegrationChanges {
  readonly name?: string;
  readonly owner?: string | null;
  readonly config?: JsonObject;
  readonly secrets?: SecretChanges;
  readonly tenantId?: string | null;
  readonly scheduleSeconds?: number;
  readonly paused?: boolean;
}

/** Two integrations of a workspace may not have one name. */
export class NameTakenError extends Error {
  constructor(name: string) {
    super(`There is already an integration named "${name}".`);
    this.name = 'NameTakenError';
  }
}

const SELECT = `SELECT id, workspace_id AS "workspaceId", connector_id AS "connectorId", name, owner, config, tenant_id AS "tenantId",
  schedule_seconds AS "scheduleSeconds", paused, next_run_at AS "nextRunAt", poll_seconds AS "pollSeconds",
  next_poll_at AS "nextPollAt", polled_at AS "polledAt", poll_failures AS "pollFailures", created_at AS "createdAt",
  updated_at AS "updatedAt" FROM integrations`;

export class IntegrationRepository {
  constructor(
    private readonly database: Database,
    private readonly secrets: SealedSecrets,
  ) {}

  /** The integration and its secrets, or neither. */
  async create(workspaceId: string, input: NewIntegration): Promise<Integration> {
    const id = await this.database.transaction(async (queries) => {
      const created = await this.insert(queries, workspaceId, input);
      await this.secrets.change(queries, { workspaceId, integrationId: created }, input.secrets);
      return created;
    });
    const integration = await this.get(workspaceId, id);
    if (integration === undefined) throw new Error('The integration was deleted while it was being created.');
    return integration;
  }

  async get(workspaceId: string, id: string): Promise<Integration | undefined> {
    const rows = await this.database.query<IntegrationRow>(`${SELECT} WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
    return (await this.withSecrets(rows))[0];
  }

  async list(workspaceId: string): Promise<readonly Integration[]> {
    const rows = await this.database.query<IntegrationRow>(`${SELECT} WHERE workspace_id = $1 ORDER BY created_at, id`, [
      workspaceId,
    ]);
    return this.withSecrets(rows);
  }

  /** Changes what is named and nothing else. `undefined`: no such integration. @throws NameTakenError */
  async update(workspaceId: string, id: string, changes: IntegrationChanges): Promise<Integration | undefined> {
    const found = await this.database.transaction(async (queries) => {
      const locked = await queries.query('SELECT FROM integrations WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
        workspaceId,
        id,
      ]);
      if (locked.length === 0) return false;
      await applyChanges(queries, id, changes);
      await this.secrets.change(queries, { workspaceId, integrationId: id }, changes.secrets ?? {});
      return true;
    });
    return found ? this.get(workspaceId, id) : undefined;
  }

  /** With everything that was collected. Waits for a page that is being committed; the run's next one finds its lease lost. */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    return this.database.transaction(async (queries) => {
      const locked = await queries.query('SELECT FROM integrations WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
        workspaceId,
        id,
      ]);
      if (locked.length === 0) return false;
      await queries.query('DELETE FROM sync_runs WHERE integration_id = $1', [id]);
      for (const { table } of RECORD_TABLES) await queries.query(`DELETE FROM "${table}" WHERE integration_id = $1`, [id]);
      await queries.query('DELETE FROM integrations WHERE id = $1', [id]);
      // After the row above, whose holds wait for somebody who is accepting one: he would make the counters anew.
      await queries.query('DELETE FROM record_counts WHERE integration_id = $1', [id]);
      return true;
    });
  }

  private async insert(queries: Queries, workspaceId: string, input: NewIntegration): Promise<string> {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? input.name : `${input.name} ${number}`;
      const [row] = await queries.query<{ readonly id: string }>(
        `INSERT INTO integrations (workspace_id, connector_id, name, owner, config, tenant_id, schedule_seconds, next_run_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7::int, now() + $7::int * interval '1 second') ON CONFLICT ON CONSTRAINT integrations_name DO NOTHING RETURNING id`,
        [
          workspaceId,
          input.connectorId,
          name,
          input.owner ?? null,
          JSON.stringify(input.config),
          input.tenantId ?? null,
          input.scheduleSeconds ?? 86_400,
        ],
      );
      if (row !== undefined) return row.id;
    }
  }

  private async withSecrets(rows: readonly IntegrationRow[]): Promise<readonly Integration[]> {
    // Nothing of what was sealed leaves the database here.
    const secrets = await this.database.query<Pick<SecretRow, 'integrationId' | 'field' | 'changedAt'>>(
      `SELECT integration_id AS "integrationId", field, changed_at AS "changedAt" FROM secrets
       WHERE integration_id = ANY ($1::uuid[]) ORDER BY field`,
      [rows.map((row) => row.id)],
    );
    return rows.map((row) => ({
      ...row,
      secrets: secrets
        .filter((secret) => secret.integrationId === row.id)
        .map(({ field, changedAt }) => ({ field, changedAt })),
    }));
  }
}

async function applyChanges(queries: Queries, id: string, changes: IntegrationChanges): Promise<void> {
  try {
    // Of a field that may be null, "not named" and "set to null" differ: hence the flags.
    await queries.query(
      `UPDATE integrations SET updated_at = now(), name = coalesce($2, name),
         owner = CASE WHEN $3 THEN $4 ELSE owner END, tenant_id = CASE WHEN $5 THEN $6 ELSE tenant_id END,
         config = coalesce($7::jsonb, config), paused = coalesce($8, paused),
         next_run_at = CASE WHEN $9::int IS NULL THEN next_run_at ELSE least(next_run_at, now() + $9 * interval '1 second') END,
         schedule_seconds = coalesce($9, schedule_seconds)
       WHERE id = $1`,
      [
        id,
        changes.name ?? null,
        changes.owner !== undefined,
        changes.owner ?? null,
        changes.tenantId !== undefined,
        changes.tenantId ?? null,
        changes.config === undefined ? null : JSON.stringify(changes.config),
        changes.paused ?? null,
        changes.scheduleSeconds ?? null,
      ],
    );
  } catch (error) {
    if (sqlState(error) === '23505') throw new NameTakenError(changes.name ?? '');
    throw error;
  }
}
