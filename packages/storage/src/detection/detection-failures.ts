import { isDatabaseAway } from '../database/database-away.js';
import type { Queries } from '../database/database.js';
import { sqlState } from '../database/sql-state.js';

/** Whose new events could not be shown to rules. */
export interface DetectionFailures {
  readonly inARow: number;
  /** What it fails for is one of so many events, the oldest of the inbox. */
  readonly suspects: number;
}

/** So often a batch is tried as a whole: most of what fails has passed by then. */
const PATIENCE = 3;

/** A database that is away, a deadlock, a disk that is full: no event is the reason for these. */
const PASSING = /^(40|53|58)/;

/** Whether it may go well in a while, with the same events. */
export function isPassing(error: unknown): boolean {
  return isDatabaseAway(error) || PASSING.test(sqlState(error) ?? '');
}

export async function detectionFailures(queries: Queries, integrationId: string): Promise<DetectionFailures | undefined> {
  const [row] = await queries.query<DetectionFailures>(
    'SELECT in_a_row AS "inARow", suspects FROM detection_failures WHERE integration_id = $1',
    [integrationId],
  );
  return row;
}

/** The one is looked for by halves. @returns `undefined`: as many as fit a batch */
export function eventsAtOnce(failures: DetectionFailures | undefined): number | undefined {
  if (failures === undefined || failures.inARow < PATIENCE) return undefined;
  return Math.max(1, Math.floor(failures.suspects / 2));
}

/** A batch of so many events has failed, in the caller's transaction, which is not that of the batch. @returns whether a smaller one is to be tried at once */
export async function noteFailure(queries: Queries, integrationId: string, events: number): Promise<boolean> {
  const [row] = await queries.query<{ readonly inARow: number }>(
    `INSERT INTO detection_failures AS f (integration_id, in_a_row, suspects) VALUES ($1, 1, $2)
     ON CONFLICT (integration_id) DO UPDATE SET in_a_row = f.in_a_row + 1, suspects = excluded.suspects, changed_at = now()
     RETURNING in_a_row AS "inARow"`,
    [integrationId, events],
  );
  return (row?.inARow ?? 0) >= PATIENCE;
}

/** A batch of so many events was shown, in its transaction: the one is among those behind it, or there is none any more. */
export async function notePassed(
  queries: Queries,
  integrationId: string,
  failures: DetectionFailures | undefined,
  events: number,
): Promise<void> {
  if (failures === undefined) return;
  const suspects = failures.suspects - events;
  if (suspects > 0 && eventsAtOnce(failures) !== undefined)
    await queries.query('UPDATE detection_failures SET suspects = $2, changed_at = now() WHERE integration_id = $1', [
      integrationId,
      suspects,
    ]);
  else await queries.query('DELETE FROM detection_failures WHERE integration_id = $1', [integrationId]);
}

/** The one was found. Where there is one there are often more: the next failure is looked into at once. */
export async function noteFound(queries: Queries, integrationId: string): Promise<void> {
  await queries.query('UPDATE detection_failures SET in_a_row = $2, changed_at = now() WHERE integration_id = $1', [
    integrationId,
    PATIENCE - 1,
  ]);
}
