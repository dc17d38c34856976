import type { SourceRecord } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';

/** The same number in every host: partitions are made one at a time. */
const LOCK = 5_294_713_022;
const FIRST_YEAR = 2000;
const DAY_MS = 86_400_000;

/**
 * Makes the monthly partitions of `activity` when a page needs them; events may be years old.
 *
 * Not inside the page's transaction: making one needs a lock that other pages would wait for until the commit. A month
 * before 2000 or more than 40 days ahead gets none (the rows go to `activity_default`): a provider with a broken clock
 * would fill the catalogue with thousands of tables.
 */
export class ActivityPartitions {
  private readonly known = new Set<string>();

  constructor(private readonly database: Database) {}

  async ensure(records: readonly SourceRecord[]): Promise<void> {
    for (const month of monthsOf(records)) {
      if (this.known.has(month)) continue;
      await this.create(month);
      this.known.add(month);
    }
  }

  private async create(month: string): Promise<void> {
    const table = `activity_${month.replace('-', '_')}`;
    const [from, to] = [`${month}-01T00:00:00Z`, `${nextMonth(month)}-01T00:00:00Z`];
    await this.database.transaction(async (queries) => {
      await queries.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      const existing = await queries.query('SELECT FROM pg_class WHERE oid = to_regclass($1)', [table]);
      if (existing.length > 0) return;
      // ATTACH, unlike CREATE ... PARTITION OF, lets other hosts read and write the table meanwhile.
      await queries.query(`CREATE TABLE ${table} (LIKE activity INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
      await queries.query('LOCK TABLE activity_default IN ACCESS EXCLUSIVE MODE');
      // What came while this month was still too far ahead; ATTACH refuses to leave it behind.
      await queries.query(
        `WITH moved AS (DELETE FROM activity_default WHERE published >= $1 AND published < $2 RETURNING *)
         INSERT INTO ${table} SELECT * FROM moved`,
        [from, to],
      );
      // Neither names nor bounds can be parameters; `month` is digits made from a number below.
      await queries.query(`ALTER TABLE activity ATTACH PARTITION ${table} FOR VALUES FROM ('${from}') TO ('${to}')`);
    });
  }
}

function monthsOf(records: readonly SourceRecord[]): ReadonlySet<string> {
  const months = new Set<string>();
  const latest = Date.now() + 40 * DAY_MS;
  for (const record of records) {
    if (record.kind !== 'activity') continue;
    const published = new Date(record.data.published);
    // Also false for what is no time at all: such a row is refused later.
    if (published.getUTCFullYear() >= FIRST_YEAR && published.getTime() < latest)
      months.add(published.toISOString().slice(0, 7));
  }
  return months;
}

function nextMonth(month: string): string {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, 7);
}
