import type { Database, Queries } from '../database/database.js';
import { ABANDONED } from '../runs/abandoned.js';
import { recordEvent } from './event-outbox.js';
import type { AnnouncedStatus } from './event-types.js';

/** An integration whose status may have changed since it was last told. */
export interface TouchedIntegration {
  readonly id: string;
  readonly workspaceId: string;
}

/**
 * Call it in every transaction after which an integration may stand otherwise: nothing else makes anybody look. It locks
 * the integration, so that whoever looks sees all of the transaction or comes later.
 */
export async function touchIntegration(queries: Queries, integrationId: string): Promise<void> {
  await queries.query('UPDATE integrations SET touched_at = clock_timestamp() WHERE id = $1', [integrationId]);
}

const TOUCH_INTERRUPTED = `
  UPDATE integrations SET touched_at = clock_timestamp() WHERE id IN (
    SELECT i.id FROM sync_runs r JOIN integrations i ON i.id = r.integration_id
    WHERE r.state = 'running' AND r.mode = 'full' AND NOT i.paused AND i.touched_at IS NULL
      AND (i.announced_state IS NOT DISTINCT FROM $1) <> (${ABANDONED})
    FOR NO KEY UPDATE OF i SKIP LOCKED
  )`;

/** A status is derived from rows whenever somebody asks. Here it is asked for, compared with what was told last, and told. */
export class StatusAnnouncements {
  constructor(private readonly database: Database) {}

  /**
   * Touches what no transaction does: integrations whose full run has lost its host, once, and again when the host was only
   * away and goes on. @param state the one told last of such an integration
   */
  async touchInterrupted(state: string): Promise<void> {
    await this.database.query(TOUCH_INTERRUPTED, [state]);
  }

  /** The longest waiting first. */
  async touched(limit: number): Promise<readonly TouchedIntegration[]> {
    return this.database.query<TouchedIntegration>(
      `SELECT id, workspace_id AS "workspaceId" FROM integrations WHERE touched_at IS NOT NULL ORDER BY touched_at, id LIMIT $1`,
      [limit],
    );
  }

  /**
   * Records an event when the status differs from the one told last. Any number of hosts may call it at once: one that finds
   * the integration locked leaves it to the next tick.
   * @param derive reads in this transaction; `undefined`: the integration is gone.
   */
  async announce(integration: TouchedIntegration, derive: () => Promise<AnnouncedStatus | undefined>): Promise<boolean> {
    const { id, workspaceId } = integration;
    return this.database.transaction(async (queries) => {
      const [row] = await queries.query<{ readonly name: string; readonly announced: string | null }>(
        `SELECT name, announced_state AS announced FROM integrations
         WHERE id = $1 AND touched_at IS NOT NULL FOR NO KEY UPDATE SKIP LOCKED`,
        [id],
      );
      if (row === undefined) return false;
      const status = await derive();
      if (status === undefined) return false;
      const { name, announced: from } = row;
      await queries.query('UPDATE integrations SET touched_at = NULL, announced_state = $2 WHERE id = $1', [id, status.state]);
      if (status.state === from) return false;
      const change = { integration: id, name, from, to: status.state, status };
      await recordEvent(queries, workspaceId, 'integration.status_changed', change);
      return true;
    });
  }
}
