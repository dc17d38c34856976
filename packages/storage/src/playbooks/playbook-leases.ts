import type { Database } from '../database/database.js';
import { EXCEPTED_SINCE } from './excepted-since.js';
import type { PlaybookRun, PlaybookWait, StoredAnswer, StoredStep } from './playbook-run.js';
import { AT_ONCE, RUN_COLUMNS } from './run-columns.js';

/** Whoever drives one says every so often that it still does; one that is silent for longer was killed. */
const LEASE = `interval '60 seconds'`;
const IS_DUE = `state IN ('running', 'waiting') AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())`;
const IS_OURS = 'id = $1 AND tries = $2 AND lease_until IS NOT NULL';

/** Where a run stands. */
export interface RunPosition {
  readonly log: readonly StoredStep[];
  /** `null`: it is over. */
  readonly step: string | null;
}

/** The same with what people have said, which may be more than whoever drives it has read. */
export interface LockedPosition extends RunPosition {
  readonly answers: Readonly<Record<string, StoredAnswer>>;
}

/** Runs of playbooks, as whoever drives them takes and writes them: of several hosts one at a time. */
export class PlaybookLeases {
  constructor(private readonly database: Database) {}

  /**
   * What waits is looked at now where there is something new: somebody has said that there is no reason for it any more, or nothing is to
   * come of a request that it has made. What it asks of others comes to light when it is looked at by itself.
   */
  async wake(): Promise<void> {
    await this.#hasten(
      `SELECT r.id FROM playbook_runs r WHERE r.state IN ('running', 'waiting') AND r.due_at > now() AND (
         ${EXCEPTED_SINCE}
         OR EXISTS (SELECT FROM incidents i WHERE i.id = r.incident_id AND i.status = 'closed' AND i.verdict <> 'attack' AND i.closed_at > r.started_at))`,
    );
    await this.#hasten(
      `SELECT r.id FROM action_requests q
         JOIN playbook_runs r ON r.id = CASE WHEN q.wish ~ '^playbook [0-9a-f-]{36} ' THEN split_part(q.wish, ' ', 2)::uuid END
       WHERE q.due_at IS NULL AND coalesce(q.ended_at, q.created_at) > now() - interval '5 minutes' AND q.ended_at IS NOT NULL
         AND r.state IN ('running', 'waiting') AND r.due_at > now()
         -- Not of what it has seen already.
         AND r.log @> jsonb_build_array(jsonb_build_object('items', jsonb_build_array(jsonb_build_object('requestId', q.id, 'state', 'requested'))))`,
    );
  }

  /** Those that somebody drives at this moment are left for the next time. */
  async #hasten(which: string): Promise<void> {
    await this.database.query(
      `UPDATE playbook_runs SET due_at = ${AT_ONCE} WHERE id IN (${which} FOR UPDATE OF r SKIP LOCKED)`,
    );
  }

  /** Integrations of which runs are due: what is urgent comes first, wherever there is more. @param except those that the caller is busy with */
  async due(limit: number, except: readonly string[] = []): Promise<readonly string[]> {
    const rows = await this.database.query<{ readonly id: string }>(
      `SELECT integration_id AS id FROM playbook_runs WHERE ${IS_DUE} AND integration_id <> ALL ($2::uuid[])
       GROUP BY integration_id ORDER BY min(due_at) LIMIT $1`,
      [limit, except],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Takes the next one that is due in an integration, which nobody else takes at this moment.
   * @returns with the try that this is, which everything that is written afterwards names; `undefined`: none is
   */
  async take(integrationId: string): Promise<PlaybookRun | undefined> {
    const [taken] = await this.database.query<PlaybookRun>(
      `UPDATE playbook_runs SET lease_until = now() + ${LEASE}, tries = tries + 1 WHERE id = (
         SELECT id FROM playbook_runs WHERE ${IS_DUE} AND integration_id = $1 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
       ) RETURNING ${RUN_COLUMNS}`,
      [integrationId],
    );
    return taken;
  }

  async keep({ id, tries }: PlaybookRun): Promise<boolean> {
    const kept = await this.database.query(
      `UPDATE playbook_runs SET lease_until = now() + ${LEASE} WHERE ${IS_OURS} RETURNING id`,
      [id, tries],
    );
    return kept.length > 0;
  }

  /**
   * Does `work` and writes where the run stands, both or neither, as long as nobody has stopped it or taken it over.
   * @returns `undefined`: it is not ours any more, and nothing was done
   */
  async during<T extends RunPosition>(run: PlaybookRun, work: (stored: LockedPosition) => Promise<T>): Promise<T | undefined> {
    return this.database.transaction(async (queries) => {
      const [ours] = await queries.query<LockedPosition>(
        `SELECT log, step, answers FROM playbook_runs WHERE ${IS_OURS} FOR UPDATE`,
        [run.id, run.tries],
      );
      if (ours === undefined) return undefined;
      const done = await work(ours);
      await queries.query(`UPDATE playbook_runs SET log = $3, step = $4, lease_until = now() + ${LEASE} WHERE ${IS_OURS}`, [
        run.id,
        run.tries,
        JSON.stringify(done.log),
        done.step,
      ]);
      return done;
    });
  }

  /** Does `work` while it is ours, and leaves its log as it is. @returns `undefined`: it is not, and nothing was done */
  async whileOurs<T>({ id, tries }: PlaybookRun, work: () => Promise<T>): Promise<T | undefined> {
    return this.database.transaction(async (queries) => {
      const ours = await queries.query(`SELECT id FROM playbook_runs WHERE ${IS_OURS} FOR UPDATE`, [id, tries]);
      return ours.length === 0 ? undefined : work();
    });
  }

  /** Gives it back until later, or until somebody has said something: what was said meanwhile is looked at now. */
  async later(run: PlaybookRun, waitsFor: PlaybookWait | null, afterMs: number): Promise<void> {
    await this.database.query(
      `UPDATE playbook_runs SET waits_for = $3, lease_until = NULL,
         state = CASE WHEN $3 IN ('approval', 'agreement', 'hand') THEN 'waiting' ELSE 'running' END,
         due_at = CASE WHEN answers = $5::jsonb THEN least(now() + $4 * interval '1 millisecond', greatest(deadline_at, now())) ELSE ${AT_ONCE} END
       WHERE ${IS_OURS}`,
      [run.id, run.tries, waitsFor, afterMs, JSON.stringify(run.answers)],
    );
  }

  /** In the caller's transaction. @returns `false`: it is not ours any more */
  async end(run: PlaybookRun, state: 'ended' | 'expired', endedAs: string | null): Promise<boolean> {
    const ended = await this.database.query(
      `UPDATE playbook_runs SET state = $3, ended_as = $4, step = NULL, waits_for = NULL, ended_at = now(), due_at = NULL, lease_until = NULL
       WHERE ${IS_OURS} RETURNING id`,
      [run.id, run.tries, state, endedAs],
    );
    return ended.length > 0;
  }
}
