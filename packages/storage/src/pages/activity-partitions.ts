import type { SourceRecord } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';

const FIRST_YEAR = 2000;
const DAY_MS = 86_400_000;

/**
 * Makes the monthly partitions of `activity` when a page needs them; events may be years old.
 *
 * Not inside the page's transaction: making one needs a lock that other pages would wait for until the commit. A month
 * before 2000 or more than 40 days ahead gets none (the rows go to `activity_default`): a provider with a broken clock
 * would fill the catalogue with thousands of tables. A function of the database does it, because the host's own role may
 * have no right to make tables.
 */
export class ActivityPartitions {
  private readonly known = new Set<string>();

  constructor(private readonly database: Database) {}

  async ensure(records: readonly SourceRecord[]): Promise<void> {
    for (const month of monthsOf(records)) {
      if (this.known.has(month)) continue;
      await this.database.transaction((queries) => queries.query('SELECT create_activity_partition($1)', [`${month}-01`]));
      this.known.add(month);
    }
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
