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

  openRuns(): Promise<readonly RunCount[]> {
    return this.database.query<RunCount>(
      `SELECT state, count(*)::int AS count FROM sync_runs WHERE state IN ('queued', 'running', 'waiting') GROUP BY 1`,
    );
  }
}
