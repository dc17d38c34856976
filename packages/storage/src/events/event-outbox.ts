import type { Database, Queries } from '../database/database.js';
import { SEVERITY_WORDS } from '../findings/finding.js';
import type { EventData, EventType } from './event-types.js';

/** Days that events, and with them their deliveries, are kept. */
const KEPT_DAYS = 30;

/** Call it in the transaction of what is told: then both are there, or neither. @returns the event's id */
export async function recordEvent<Type extends EventType>(
  queries: Queries,
  workspaceId: string,
  type: Type,
  data: EventData<Type>,
  /** Of an event that is not for every subscriber: whoever records it makes its delivery. */
  isDispatched = false,
): Promise<string> {
  const [row] = await queries.query<{ readonly id: string }>(
    `INSERT INTO events (workspace_id, type, data, dispatched_at)
     VALUES ($1, $2, $3, CASE WHEN $4 THEN clock_timestamp() END) RETURNING id`,
    [workspaceId, type, JSON.stringify(data), isDispatched],
  );
  if (row === undefined) throw new Error('An INSERT gave no row.');
  return row.id;
}

/**
 * One statement, so that an event is dispatched with all its deliveries or not at all; rows that another host has taken are
 * skipped. What has no severity is for every webhook that wants its type. A webhook that is being deleted is waited for: its foreign key would refuse the whole batch.
 */
const DISPATCH = `
  WITH batch AS (
    SELECT id, workspace_id, type, array_position(ARRAY[${SEVERITY_WORDS.map((word) => `'${word}'`).join(', ')}], data ->> 'severity') AS severity FROM events WHERE dispatched_at IS NULL ORDER BY occurred_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
  ), subscribers AS (
    SELECT id, workspace_id, event_types, least_severity FROM webhooks
    WHERE is_enabled AND workspace_id IN (SELECT workspace_id FROM batch) FOR KEY SHARE
  ), made AS (
    INSERT INTO deliveries (webhook_id, event_id, cause, next_attempt_at, give_up_at)
    SELECT s.id, b.id, 'event', clock_timestamp(), clock_timestamp() + interval '24 hours'
    FROM batch b JOIN subscribers s ON s.workspace_id = b.workspace_id AND (s.event_types = '{}' OR b.type = ANY (s.event_types))
      AND (s.least_severity IS NULL OR b.severity IS NULL OR b.severity >= s.least_severity)
    ON CONFLICT (webhook_id, event_id) WHERE cause = 'event' DO NOTHING
  )
  UPDATE events e SET dispatched_at = clock_timestamp() FROM batch b WHERE e.id = b.id RETURNING e.id`;

/** Events that happened, until each has become deliveries. */
export class EventOutbox {
  constructor(private readonly database: Database) {}

  record<Type extends EventType>(workspaceId: string, type: Type, data: EventData<Type>): Promise<string> {
    return recordEvent(this.database, workspaceId, type, data);
  }

  /** Makes a delivery for each webhook that wants an event. @returns how many events, at most `limit`. */
  async dispatch(limit: number): Promise<number> {
    return (await this.database.query(DISPATCH, [limit])).length;
  }

  /** Removes events that are too old, with their deliveries. @returns how many, at most `limit`. */
  async purge(limit: number): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM events WHERE id IN (
         SELECT id FROM events WHERE occurred_at < now() - $2 * interval '1 day' ORDER BY occurred_at LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [limit, KEPT_DAYS],
    );
    return rows.length;
  }
}
