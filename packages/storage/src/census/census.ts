import type { Database } from '../database/database.js';

export interface IntegrationCount {
  readonly connector: string;
  readonly state: string;
  readonly count: number;
}
export interface RunCount {
  readonly state: string;
  readonly count: number;
}

export interface DetectionCount {
  readonly deadLetters: number;
  readonly waitingSeconds: number;
}

/** More are not looked at: a question that is asked every few seconds must stay cheap. */
const MOST = 20_000;

/** How many there are, over all workspaces: for whoever runs the host, never for a customer of it. */
export class Census {
  constructor(private readonly database: Database) {}

  /** By the state of the latest full run; `none` before it, `paused` whatever it was. */
  integrations(): Promise<readonly IntegrationCount[]> {
    return this.database.query<IntegrationCount>(
      `SELECT i.connector_id AS connector, CASE WHEN i.paused THEN 'paused' ELSE coalesce(r.state, 'none') END AS state,
         count(*)::int AS count
       FROM (SELECT id, connector_id, paused FROM integrations ORDER BY id LIMIT $1) i
       LEFT JOIN LATERAL (
         SELECT state FROM sync_runs WHERE integration_id = i.id AND mode = 'full' ORDER BY created_at DESC, id DESC LIMIT 1
       ) r ON true
       GROUP BY 1, 2`,
      [MOST],
    );
  }

  /** One row: events that rules could not be shown, and how long the oldest waits that they have not been shown yet. */
  detection(): Promise<readonly DetectionCount[]> {
    return this.database.query<DetectionCount>(
      `SELECT (SELECT count(*)::int FROM (SELECT 1 FROM detection_dead_letters LIMIT $1) d) AS "deadLetters",
         coalesce((SELECT extract(epoch FROM now() - min(at))::float8 FROM (SELECT at FROM detection_inbox ORDER BY seq LIMIT $1) i), 0)
           AS "waitingSeconds"`,
      [MOST],
    );
  }

  openRuns(): Promise<readonly RunCount[]> {
    return this.database.query<RunCount>(
      `SELECT state, count(*)::int AS count FROM sync_runs WHERE state IN ('queued', 'running', 'waiting') GROUP BY 1`,
    );
  }
}
