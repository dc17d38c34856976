import type { RecordKind, SourceRecord } from '@castellan/connector-sdk';
import { CountChanges } from '../counts/count-changes.js';
import type { Database, Queries } from '../database/database.js';
import { type RefusedRow, sortPage } from './prepared-rows.js';
import { add, isRowRefusal, markSeen, NO_ROWS, type Pass, type Written, writeKind, writeRowByRow } from './write-rows.js';

/**
 * Without waiting for the disk: when the server crashes, the last commits (under a second) may be gone, but rows and
 * position are gone TOGETHER, and the run reads those pages again. Claims, secrets and the end of a run do wait, and a
 * commit that waits writes everything before it.
 */
const BEGIN = 'BEGIN; SET LOCAL synchronous_commit = off';

/** How the rows of one transaction are written, and what that changes in their number: saved by {@link pageTransaction}. */
export interface Writing {
  readonly mode: 'together' | 'row by row';
  readonly counts: CountChanges;
}

/** From so many rows on, a page of which none is taken is no accident. */
const SUSPICIOUS_PAGE = 10;

/** One transaction for a page; when the database refuses a row of it, once more row by row. */
export async function pageTransaction<T>(
  database: Database,
  work: (queries: Queries, writing: Writing) => Promise<T>,
): Promise<T> {
  const attempt = (mode: Writing['mode']): Promise<T> =>
    database.transaction(async (queries) => {
      const counts = new CountChanges();
      const result = await work(queries, { mode, counts });
      await counts.save(queries);
      return result;
    }, BEGIN);
  try {
    return await attempt('together');
  } catch (error) {
    if (!isRowRefusal(error)) throw error;
    return attempt('row by row');
  }
}

/** @throws Error when the database takes no row of a page at all. */
export async function writeRecords(
  queries: Queries,
  pass: Pass,
  kind: RecordKind,
  records: readonly SourceRecord[],
  writing: Writing,
): Promise<Written> {
  let counts = NO_ROWS;
  const refused: RefusedRow[] = [];
  for (const page of sortPage(records)) {
    const written =
      writing.mode === 'together' ? await writeKind(queries, pass, page) : await writeRowByRow(queries, pass, page);
    writing.counts.appeared(pass.integrationId, page.table.kind, written.counts);
    counts = add(counts, written.counts);
    refused.push(...written.refused);
  }
  // One bad row is the row's fault. A page without a good one is ours: going on would count everything as gone or done.
  if (refused.length >= SUSPICIOUS_PAGE && refused.length === records.length) {
    throw new Error(`The database refused every row of a page of ${pass.stream}: ${refused[0]?.reason ?? ''}`);
  }
  await markSeen(queries, pass, kind, refused);
  return { counts, refused };
}
