import type { JsonObject } from '@castellan/connector-sdk';
import { type Database, type Queries, sqlState } from '../database/database.js';
import type { IntegrationRow } from '../schema/entities.js';
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

/** Nothing of what was sealed leaves the database here. */
const SECRETS = `(SELECT coalesce(json_agg(json_build_object('field', s.field, 'changedAt', s.changed_at) ORDER BY s.field), '[]')
  FROM secrets s WHERE s.integration_id = integrations.id)`;

const SELECT = `SELECT id, workspace_id AS "workspaceId", connector_id AS "connectorId", name, owner, config, tenant_id AS "tenantId",
  schedule_seconds AS "scheduleSeconds", paused, next_run_at AS "nextRunAt", poll_seconds AS "pollSeconds",
  next_poll_at AS "nextPollAt", polled_at AS "polledAt", poll_failures AS "pollFailures", created_at AS "createdAt",
  updated_at AS "updatedAt", ${SECRETS} AS secrets FROM integrations`;

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
    const [row] = await this.database.query<Row>(`${SELECT} WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
    return row === undefined ? undefined : toIntegration(row);
  }

  async list(workspaceId: string): Promise<readonly Integration[]> {
    const rows = await this.database.query<Row>(`${SELECT} WHERE workspace_id = $1 ORDER BY created_at, id`, [workspaceId]);
    return rows.map(toIntegration);
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
}

type Row = IntegrationRow & { readonly secrets: readonly { readonly field: string; readonly changedAt: string }[] };

function toIntegration(row: Row): Integration {
  return { ...row, secrets: row.secrets.map(({ field, changedAt }) => ({ field, changedAt: new Date(changedAt) })) };
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
