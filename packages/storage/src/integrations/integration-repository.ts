import { instantText } from '../database/instant-text.js';
import type { Database, Queries } from '../database/database.js';
import { sqlState } from '../database/sql-state.js';
import type { IntegrationRow } from '../schema/entities.js';
import type { SealedSecrets } from '../secrets/sealed-secrets.js';
import {
  ConfigChangedError,
  type Integration,
  type IntegrationChanges,
  type IntegrationOwner,
  NameTakenError,
  type NewIntegration,
} from './integration.js';

export interface IntegrationPage {
  readonly integrations: readonly Integration[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
}

/** A user who may become an owner, or not any more. */
export interface PossibleOwner {
  readonly id: string;
  readonly name: string;
  readonly disabledAt: Date | null;
}

/** What a deletion takes along, besides records. */
export interface IntegrationHoldings {
  readonly runs: number;
  readonly holds: number;
  readonly secrets: number;
}

type Row = Omit<IntegrationRow, 'owner' | 'ownerId' | 'pollFailures' | 'actionGrants' | 'actionGrantsAt'> & {
  readonly owner: IntegrationOwner | null;
  readonly position: string;
  readonly secrets: readonly { readonly field: string; readonly changedAt: string }[];
};

/** Nothing of what was sealed leaves the database here. */
const SECRETS = `(SELECT coalesce(json_agg(json_build_object('field', s.field, 'changedAt', s.changed_at) ORDER BY s.field), '[]')
  FROM secrets s WHERE s.integration_id = i.id) AS secrets`;

const SELECT = `SELECT i.id, i.workspace_id AS "workspaceId", i.connector_id AS "connectorId", i.name,
  CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('id', u.id, 'name', u.name)
    WHEN i.owner IS NOT NULL THEN jsonb_build_object('id', NULL, 'name', i.owner) END AS owner,
  i.config, i.config_revision AS "configRevision", i.tenant_id AS "tenantId", i.schedule_seconds AS "scheduleSeconds", i.paused,
  i.next_run_at AS "nextRunAt", i.poll_seconds AS "pollSeconds", i.next_poll_at AS "nextPollAt", i.polled_at AS "polledAt",
  i.created_at AS "createdAt", i.updated_at AS "updatedAt", ${instantText('i.created_at')} || '|' || i.id AS position, ${SECRETS}
  FROM integrations i LEFT JOIN users u ON u.id = i.owner_id`;

/** Prepared: nearly every request asks for one, and to plan it takes ten times as long as to carry it out. */
const FIND = { name: 'integration_find', text: `${SELECT} WHERE i.workspace_id = $1 AND i.id = $2` };

export class IntegrationRepository {
  constructor(
    private readonly database: Database,
    private readonly secrets: SealedSecrets,
  ) {}

  /** The integration and its secrets, or neither. @throws NameTakenError for a chosen name. */
  async create(workspaceId: string, input: NewIntegration): Promise<Integration> {
    const id = await this.database.transaction(async (queries) => {
      const created = await insert(queries, workspaceId, input);
      await this.secrets.change(queries, { workspaceId, integrationId: created }, input.secrets);
      return created;
    });
    const integration = await this.get(workspaceId, id);
    if (integration === undefined) throw new Error('The integration was deleted while it was being created.');
    return integration;
  }

  async get(workspaceId: string, id: string): Promise<Integration | undefined> {
    const rows = await this.database.query<Row>(FIND, [workspaceId, id]);
    return rows.map(toIntegration)[0];
  }

  /** Of whichever workspace: for what the host does by itself, and never for a caller. */
  async find(id: string): Promise<Integration | undefined> {
    const rows = await this.database.query<Row>(`${SELECT} WHERE i.id = $1`, [id]);
    return rows.map(toIntegration)[0];
  }

  /** As it is and stays until the end of the transaction that the caller is in: nobody else changes it meanwhile. */
  async getLocked(workspaceId: string, id: string): Promise<Integration | undefined> {
    const found = await lock(this.database, workspaceId, id);
    // Read after the lock: who waited for it must see what the other has made of it.
    return found === undefined ? undefined : this.get(workspaceId, id);
  }

  /** The oldest first. `after` is `next` of the page before, or the `position` of any integration. */
  async list(
    workspaceId: string,
    { after, limit = 1_000 }: { readonly after?: string; readonly limit?: number } = {},
  ): Promise<IntegrationPage> {
    const [createdAt = null, id = null] = after?.split('|') ?? [];
    const rows = await this.database.query<Row>(
      `${SELECT} WHERE i.workspace_id = $1 AND ($2::timestamptz IS NULL OR (i.created_at, i.id) > ($2::timestamptz, $3::uuid))
       ORDER BY i.created_at, i.id LIMIT $4`,
      [workspaceId, createdAt, id, limit + 1],
    );
    const shown = rows.slice(0, limit);
    return {
      integrations: shown.map(toIntegration),
      next: rows.length > limit ? (shown.at(-1)?.position ?? null) : null,
    };
  }

  /** What some are called, by id. Those that are gone are left out. */
  async names(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ readonly id: string; readonly name: string }>(
      `SELECT id, name FROM integrations WHERE workspace_id = $1 AND id = ANY ($2::uuid[])`,
      [workspaceId, [...new Set(ids)]],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Integrations that read this organisation of the provider, the oldest first; a few of them. */
  async namesOfTenant(workspaceId: string, connectorId: string, tenantId: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ readonly name: string }>(
      `SELECT name FROM integrations WHERE workspace_id = $1 AND connector_id = $2 AND tenant_id = $3 ORDER BY created_at, id LIMIT 3`,
      [workspaceId, connectorId, tenantId],
    );
    return rows.map(({ name }) => name);
  }

  /**
   * Changes what is named and nothing else. `undefined`: no such integration. @throws NameTakenError
   * @param ifRevision the `configRevision` that the caller has seen. @throws ConfigChangedError when it is another by now.
   */
  async update(
    workspaceId: string,
    id: string,
    changes: IntegrationChanges,
    ifRevision?: number,
  ): Promise<Integration | undefined> {
    const found = await this.database.transaction(async (queries) => {
      const revision = await lock(queries, workspaceId, id);
      if (revision === undefined) return false;
      if (ifRevision !== undefined && revision !== ifRevision) throw new ConfigChangedError();
      await applyChanges(queries, id, changes);
      await this.secrets.change(queries, { workspaceId, integrationId: id }, changes.secrets ?? {});
      return true;
    });
    return found ? this.get(workspaceId, id) : undefined;
  }

  /**
   * The integration is gone at once, for everybody. What was collected can be a million rows: nothing finds them without
   * the integration, and `DeletedIntegrations` removes them piece by piece. Waits for a page that is being committed; the
   * run's next one finds its lease lost, so nothing is added behind this.
   */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    return this.database.transaction(async (queries) => {
      if ((await lock(queries, workspaceId, id)) === undefined) return false;
      await queries.query('DELETE FROM sync_runs WHERE integration_id = $1', [id]);
      await queries.query('DELETE FROM integrations WHERE id = $1', [id]);
      await queries.query('INSERT INTO deleted_integrations (integration_id) VALUES ($1)', [id]);
      // After the row above, whose holds wait for somebody who is accepting one: he would make the counters anew.
      await queries.query('DELETE FROM record_counts WHERE integration_id = $1', [id]);
      return true;
    });
  }

  async holdings(workspaceId: string, id: string): Promise<IntegrationHoldings | undefined> {
    const [row] = await this.database.query<IntegrationHoldings>(
      `SELECT (SELECT count(*)::int FROM sync_runs WHERE integration_id = i.id) AS runs,
         (SELECT count(*)::int FROM sweep_holds WHERE integration_id = i.id) AS holds,
         (SELECT count(*)::int FROM secrets WHERE integration_id = i.id) AS secrets
       FROM integrations i WHERE i.workspace_id = $1 AND i.id = $2`,
      [workspaceId, id],
    );
    return row;
  }

  /** A user of this workspace. Inside a transaction he stays until its end. */
  async possibleOwner(workspaceId: string, userId: string): Promise<PossibleOwner | undefined> {
    const [user] = await this.database.query<PossibleOwner>(
      `SELECT id, name, disabled_at AS "disabledAt" FROM users WHERE workspace_id = $1 AND id = $2 FOR KEY SHARE`,
      [workspaceId, userId],
    );
    return user;
  }
}

function toIntegration(row: Row): Integration {
  return { ...row, secrets: row.secrets.map(({ field, changedAt }) => ({ field, changedAt: new Date(changedAt) })) };
}

/** @returns the revision of its settings; `undefined`: no such integration. */
async function lock(queries: Queries, workspaceId: string, id: string): Promise<number | undefined> {
  const [row] = await queries.query<{ readonly revision: number }>(
    'SELECT config_revision AS revision FROM integrations WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
    [workspaceId, id],
  );
  return row?.revision;
}

async function insert(queries: Queries, workspaceId: string, input: NewIntegration): Promise<string> {
  const plain = await insertNamed(queries, workspaceId, input, input.name);
  if (plain !== undefined) return plain;
  if (input.isNameChosen === true) throw new NameTakenError(input.name);
  // Taken meanwhile by another who asks at once: the next one is free, or is his, too.
  for (let number = (await highestNumber(queries, workspaceId, input.name)) + 1; ; number += 1) {
    const numbered = await insertNamed(queries, workspaceId, input, `${input.name} ${number}`);
    if (numbered !== undefined) return numbered;
  }
}

/** Of `Acme`, `Acme 2` and `Acme 7` it is 7; of the first alone 1. */
async function highestNumber(queries: Queries, workspaceId: string, name: string): Promise<number> {
  // Nine digits are what fits; a longer one was not numbered here.
  const [row] = await queries.query<{ readonly highest: number | null }>(
    `SELECT max(substr(name, length($2) + 2)::int) AS highest FROM integrations
     WHERE workspace_id = $1 AND starts_with(name, $2 || ' ') AND substr(name, length($2) + 2) ~ '^[1-9][0-9]{0,8}$'`,
    [workspaceId, name],
  );
  return Math.max(row?.highest ?? 1, 1);
}

/** `undefined`: the name is taken. */
async function insertNamed(
  queries: Queries,
  workspaceId: string,
  input: NewIntegration,
  name: string,
): Promise<string | undefined> {
  const [row] = await queries.query<{ readonly id: string }>(
    `INSERT INTO integrations (workspace_id, connector_id, name, owner_id, config, tenant_id, schedule_seconds, poll_seconds, next_run_at, touched_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7::int, $8, now() + $7::int * interval '1 second', clock_timestamp())
     ON CONFLICT ON CONSTRAINT integrations_name DO NOTHING RETURNING id`,
    [
      workspaceId,
      input.connectorId,
      name,
      input.ownerId ?? null,
      JSON.stringify(input.config),
      input.tenantId ?? null,
      input.scheduleSeconds ?? 86_400,
      input.pollSeconds ?? null,
    ],
  );
  return row?.id;
}

/** New settings may mend what has ended the polls: they begin again where there is something to keep fresh. */
const POLLS_AGAIN = `$7::jsonb IS NOT NULL AND next_poll_at IS NULL
  AND EXISTS (SELECT FROM stream_state s WHERE s.integration_id = integrations.id AND s.complete_generation IS NOT NULL)`;

/** Another rhythm, also the host's, holds from now on. Polls that were never begun, or have ended, are not begun by it. */
const POLLS_ANEW = `$10 AND next_poll_at IS NOT NULL AND poll_seconds IS DISTINCT FROM $11::int`;

async function applyChanges(queries: Queries, id: string, changes: IntegrationChanges): Promise<void> {
  try {
    // Of a field that may be null, "not named" and "set to null" differ: hence the flags.
    await queries.query(
      `UPDATE integrations SET updated_at = now(), touched_at = clock_timestamp(), name = coalesce($2, name),
         owner_id = CASE WHEN $3 THEN $4::uuid ELSE owner_id END, owner = CASE WHEN $3 THEN NULL ELSE owner END,
         tenant_id = CASE WHEN $5 THEN $6 ELSE tenant_id END,
         config = coalesce($7::jsonb, config), config_revision = config_revision + CASE WHEN $7::jsonb IS NULL THEN 0 ELSE 1 END,
         poll_failures = CASE WHEN $7::jsonb IS NULL THEN poll_failures ELSE 0 END,
         paused = coalesce($8, paused), schedule_seconds = coalesce($9, schedule_seconds),
         next_run_at = CASE WHEN $12 THEN least(next_run_at, now()) WHEN $9::int IS NULL THEN next_run_at
           ELSE least(next_run_at, now() + $9 * interval '1 second') END,
         poll_seconds = CASE WHEN $10 THEN $11::int ELSE poll_seconds END,
         next_poll_at = CASE WHEN ${POLLS_AGAIN} THEN now()
           WHEN ${POLLS_ANEW} THEN least(next_poll_at, now()) ELSE next_poll_at END
       WHERE id = $1`,
      [
        id,
        changes.name ?? null,
        changes.ownerId !== undefined,
        changes.ownerId ?? null,
        changes.tenantId !== undefined,
        changes.tenantId ?? null,
        changes.config === undefined ? null : JSON.stringify(changes.config),
        changes.paused ?? null,
        changes.scheduleSeconds ?? null,
        changes.pollSeconds !== undefined,
        changes.pollSeconds ?? null,
        changes.isDue === true,
      ],
    );
  } catch (error) {
    if (sqlState(error) === '23505') throw new NameTakenError(changes.name ?? '');
    throw error;
  }
}
