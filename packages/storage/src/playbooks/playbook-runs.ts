import type { Requester } from '../actions/action-request.js';
import { KEPT_DAYS } from '../actions/action-retention.js';
import type { Database } from '../database/database.js';
import { instantText } from '../database/instant-text.js';
import { EXCEPTED_SINCE } from './excepted-since.js';
import type { NewPlaybookRun, PlaybookRun, PlaybookRunState, StoredAnswer } from './playbook-run.js';
import { AT_ONCE, RUN_COLUMNS } from './run-columns.js';

export interface PlaybookRunQuery {
  readonly playbook?: string | undefined;
  readonly integrationId?: string | undefined;
  readonly states?: readonly PlaybookRunState[] | undefined;
  readonly findingId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number;
}

export interface PlaybookRunPage {
  readonly runs: readonly PlaybookRun[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
}

export interface PlaybookRunCount {
  readonly playbook: string;
  readonly open: number;
  readonly waiting: number;
  readonly last24Hours: number;
}

/** Those that have begun by themselves within 24 hours. `$1` the workspace, `$3` the playbook. */
const BEGUN_TODAY = `(SELECT count(*) FROM playbook_runs r WHERE r.workspace_id = $1 AND r.playbook = $3
  AND r.started_at > now() - interval '24 hours' AND r.started_by ->> 'kind' = 'playbook')`;

/** What a person answers. */
export interface Answered {
  readonly key: string;
  readonly step: string;
  /** Of the step: what was done by hand. */
  readonly item?: string | undefined;
}

/** Runs of playbooks, as people see and change them. */
export class PlaybookRuns {
  constructor(private readonly database: Database) {}

  /**
   * @param mostADay so many begin by themselves within 24 hours; `null`: somebody wants this one
   * @returns `undefined`: this opening has begun it, it runs for this subject, or it is enough for today
   */
  async begin(workspaceId: string, run: NewPlaybookRun, mostADay: number | null): Promise<PlaybookRun | undefined> {
    return this.database.transaction(async (queries) => {
      // Of two hosts that count at once each would begin the last one of the day.
      await queries.query(`SELECT pg_advisory_xact_lock(hashtextextended('playbook ' || $1::text || ' ' || $2::text, 0))`, [
        workspaceId,
        run.playbook,
      ]);
      const [begun] = await queries.query<PlaybookRun>(
        `INSERT INTO playbook_runs (workspace_id, integration_id, playbook, version, definition, opening, finding_id, incident_id, subject_kind,
           subject_key, subject_name, state, step, started_by, deadline_at, due_at)
         SELECT i.workspace_id, i.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'running', $12, $13, now() + $14 * interval '1 millisecond', ${AT_ONCE}
         FROM integrations i WHERE i.workspace_id = $1 AND i.id = $2 AND ($15::integer IS NULL OR $15 > ${BEGUN_TODAY})
         ON CONFLICT DO NOTHING RETURNING ${RUN_COLUMNS}`,
        [
          workspaceId,
          run.integrationId,
          run.playbook,
          run.version,
          JSON.stringify(run.definition),
          run.opening,
          run.findingId,
          run.incidentId,
          run.subject.kind,
          run.subject.key,
          run.subject.name,
          run.firstStep,
          JSON.stringify(run.startedBy),
          run.deadlineMs,
          mostADay,
        ],
      );
      return begun;
    });
  }

  /** How many more may begin by themselves now. */
  async leftToday(workspaceId: string, playbook: string, mostADay: number): Promise<number> {
    const [row] = await this.database.query<{ readonly left: number }>(
      `SELECT greatest($2::integer - ${BEGUN_TODAY}, 0)::integer AS left`,
      [workspaceId, mostADay, playbook],
    );
    return row?.left ?? 0;
  }

  /** Whether somebody has excepted its finding since it began. */
  async isExcepted(id: string): Promise<boolean> {
    const [row] = await this.database.query<{ readonly is: boolean }>(
      `SELECT ${EXCEPTED_SINCE} AS is FROM playbook_runs r WHERE r.id = $1`,
      [id],
    );
    return row?.is ?? false;
  }

  async find(workspaceId: string, id: string): Promise<PlaybookRun | undefined> {
    const [found] = await this.database.query<PlaybookRun>(
      `SELECT ${RUN_COLUMNS} FROM playbook_runs WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, id],
    );
    return found;
  }

  /** Newest first. */
  async list(workspaceId: string, query: PlaybookRunQuery): Promise<PlaybookRunPage> {
    const { playbook, integrationId, states, findingId, incidentId, after, limit = 100 } = query;
    const [startedAt = null, id = null] = after?.split('|') ?? [];
    const rows = await this.database.query<PlaybookRun & { readonly position: string }>(
      `SELECT ${RUN_COLUMNS}, ${instantText('started_at')} || '|' || id AS position FROM playbook_runs
       WHERE workspace_id = $1 AND ($2::text IS NULL OR playbook = $2) AND ($3::text[] IS NULL OR state = ANY ($3))
         AND ($4::uuid IS NULL OR finding_id = $4) AND ($5::uuid IS NULL OR incident_id = $5)
         AND ($6::timestamptz IS NULL OR (started_at <= $6 AND (started_at < $6 OR id > $7::uuid)))
         AND ($9::uuid IS NULL OR integration_id = $9) AND (SELECT true FROM integrations i WHERE i.id = integration_id)
       ORDER BY started_at DESC, id LIMIT $8`,
      [
        workspaceId,
        playbook ?? null,
        states ?? null,
        findingId ?? null,
        incidentId ?? null,
        startedAt,
        id,
        limit + 1,
        integrationId ?? null,
      ],
    );
    const runs = rows.slice(0, limit).map(({ position: _position, ...run }) => run);
    return { runs, next: rows.length > limit ? (rows[limit - 1]?.position ?? null) : null };
  }

  /** Of all playbooks that have ever run. */
  counts(workspaceId: string): Promise<readonly PlaybookRunCount[]> {
    return this.database.query<PlaybookRunCount>(
      `SELECT playbook, count(*) FILTER (WHERE ended_at IS NULL)::integer AS open, count(*) FILTER (WHERE state = 'waiting')::integer AS waiting,
         count(*) FILTER (WHERE started_at > now() - interval '24 hours')::integer AS "last24Hours"
       FROM playbook_runs WHERE workspace_id = $1 GROUP BY playbook`,
      [workspaceId],
    );
  }

  /**
   * A person says something of a step or of an item of one that is open still; whoever drives the run reads it next. In the caller's transaction.
   * @param key of what is answered. @returns `undefined`: the run is over or has gone on, or it was answered already
   */
  async answer(
    workspaceId: string,
    id: string,
    { key, step, item }: Answered,
    answer: StoredAnswer,
  ): Promise<PlaybookRun | undefined> {
    const asked = { step, state: 'open', ...(item !== undefined && { items: [{ id: item, state: 'by_hand' }] }) };
    const [answered] = await this.database.query<PlaybookRun>(
      `UPDATE playbook_runs SET answers = answers || jsonb_build_object($3::text, $4::jsonb), due_at = ${AT_ONCE}
       WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL AND NOT answers ? $3::text AND log @> $5::jsonb RETURNING ${RUN_COLUMNS}`,
      [workspaceId, id, key, JSON.stringify(answer), JSON.stringify([asked])],
    );
    return answered;
  }

  /** Ids of requests that wait for somebody who agrees to them. @param wishes how theirs begin */
  async proposals(workspaceId: string, wishes: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ readonly id: string }>(
      `SELECT id FROM action_requests WHERE workspace_id = $1 AND wish LIKE $2 || '%' AND state = 'proposed' ORDER BY created_at, id`,
      [workspaceId, wishes],
    );
    return rows.map(({ id }) => id);
  }

  /** At once: whoever drives it finds that it is not theirs any more. @returns `undefined`: it is over */
  async stop(workspaceId: string, id: string, by: Requester, reason: string): Promise<PlaybookRun | undefined> {
    const [stopped] = await this.database.query<PlaybookRun>(
      `UPDATE playbook_runs SET state = 'stopped', waits_for = NULL, ended_at = now(), stopped_by = $3, reason = $4, due_at = NULL, lease_until = NULL
       WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL RETURNING ${RUN_COLUMNS}`,
      [workspaceId, id, JSON.stringify(by), reason],
    );
    return stopped;
  }

  /** Removes at most `limit` runs that ended as long ago as requests that are not kept any more. @returns how many */
  async purge(limit: number): Promise<number> {
    const runs = await this.database.query(
      `DELETE FROM playbook_runs WHERE id IN (
         SELECT id FROM playbook_runs WHERE ended_at < now() - $2 * interval '1 day' ORDER BY ended_at LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [limit, KEPT_DAYS],
    );
    return runs.length;
  }
}
