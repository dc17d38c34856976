import type { Database } from '../database/database.js';
import { EXCEPTED_SINCE } from './excepted-since.js';
import type { PlaybookRun, PlaybookWait, StoredStep } from './playbook-run.js';
import { RUN_COLUMNS } from './run-columns.js';

/** Whoever drives one says every so often that it still does; one that is silent for longer was killed. */
const LEASE = `interval '60 seconds'`;
const IS_OURS = 'id = $1 AND tries = $2 AND lease_until IS NOT NULL';

/** Where a run stands. */
export interface RunPosition {
  readonly log: readonly StoredStep[];
  /** `null`: it is over. */
  readonly step: string | null;
}

/** Runs of playbooks, as whoever drives them takes and writes them: of several hosts one at a time. */
export class PlaybookLeases {
  constructor(private readonly database: Database) {}

  /** What waits for a person, or for something to happen, is looked at now where somebody has said that there is no reason for it any more. */
  async wake(): Promise<void> {
    await this.database.query(
      `UPDATE playbook_runs r SET due_at = now() WHERE r.state = 'waiting' AND r.due_at > now() AND (
         ${EXCEPTED_SINCE}
         OR EXISTS (SELECT FROM incidents i WHERE i.id = r.incident_id AND i.status = 'closed' AND i.verdict <> 'attack' AND i.closed_at > r.started_at))`,
    );
  }

  async due(limit: number): Promise<readonly string[]> {
    const rows = await this.database.query<{ readonly id: string }>(
      `SELECT id FROM playbook_runs WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now()) ORDER BY due_at LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** @returns with the try that this is, which everything that is written afterwards names; `undefined`: it is not due */
  async take(id: string): Promise<PlaybookRun | undefined> {
    const [taken] = await this.database.query<PlaybookRun>(
      `UPDATE playbook_runs SET lease_until = now() + ${LEASE}, tries = tries + 1
       WHERE id = $1 AND due_at <= now() AND (lease_until IS NULL OR lease_until < now()) RETURNING ${RUN_COLUMNS}`,
      [id],
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
  async during<T extends RunPosition>(run: PlaybookRun, work: (stored: RunPosition) => Promise<T>): Promise<T | undefined> {
    return this.database.transaction(async (queries) => {
      const [ours] = await queries.query<RunPosition>(`SELECT log, step FROM playbook_runs WHERE ${IS_OURS} FOR UPDATE`, [
        run.id,
        run.tries,
      ]);
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

  /** Gives it back until later, or until somebody has said something: what was said meanwhile is looked at now. */
  async later(run: PlaybookRun, waitsFor: PlaybookWait | null, afterMs: number): Promise<void> {
    await this.database.query(
      `UPDATE playbook_runs SET waits_for = $3, lease_until = NULL,
         state = CASE WHEN $3 IN ('approval', 'agreement', 'hand') THEN 'waiting' ELSE 'running' END,
         due_at = CASE WHEN answers = $5::jsonb THEN least(now() + $4 * interval '1 millisecond', greatest(deadline_at, now())) ELSE now() END
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
