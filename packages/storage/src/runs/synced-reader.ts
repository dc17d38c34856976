import type { JsonObject, RecordKind, Scope, SyncedEntry, SyncedReader } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';
import { recordTable } from '../schema/record-tables.js';
import { keyRange, scopeColumn } from '../schema/scope-columns.js';

const PAGE = 1_000;

/** Reads in pages by key, holding neither a transaction nor a connection between two of them. */
export class PgSyncedReader implements SyncedReader {
  constructor(
    private readonly database: Database,
    private readonly integrationId: string,
  ) {}

  async *entries(kind: RecordKind, after = ''): AsyncGenerator<SyncedEntry, void, void> {
    yield* inPages(after, (last) => this.page(kind, last));
  }

  async *where(kind: RecordKind, field: string, value: string): AsyncGenerator<SyncedEntry, void, void> {
    // The range narrows what is walked through; the field decides.
    const range = keyRange(kind, field, value);
    yield* inPages(range?.from ?? '', (last) => this.page(kind, last, { field, value }, range?.to));
  }

  async get(kind: RecordKind, key: string): Promise<SyncedEntry | undefined> {
    const [row] = await this.page(kind, '', { field: 'key', value: key });
    return row === undefined ? undefined : { key: row.key, hint: row.hint ?? undefined };
  }

  /**
   * A row counts when its own stream has listed it in its latest complete pass (or in the one after, while that is
   * being read). Rows of a `changes` stream are not listed again: they count until they are removed.
   */
  private page(kind: RecordKind, after: string, scope?: Scope, to?: string): Promise<Row[]> {
    const { table } = recordTable(kind);
    const column = scope === undefined ? undefined : scopeColumn(kind, scope.field);
    return this.database.query<Row>(
      {
        name: `synced_${table}_${column ?? 'all'}${to === undefined ? '' : '_range'}`,
        text: `SELECT t.key, t.hint FROM "${table}" t JOIN stream_state s ON s.integration_id = t.integration_id AND s.stream = t.stream
          WHERE t.integration_id = $1 AND t.key > $2 AND t.removed_at IS NULL ${column === undefined ? '' : `AND t."${column}" = $3`} ${to === undefined ? '' : 'AND t.key < $4'}
            AND (s.semantics = 'changes' OR t.generation >= s.complete_generation)
          ORDER BY t.key LIMIT ${PAGE}`,
      },
      [this.integrationId, after, ...(scope === undefined ? [] : [scope.value]), ...(to === undefined ? [] : [to])],
    );
  }
}

interface Row {
  readonly key: string;
  readonly hint: JsonObject | null;
}

async function* inPages(
  after: string,
  page: (after: string) => Promise<readonly Row[]>,
): AsyncGenerator<SyncedEntry, void, void> {
  for (let last = after; ; ) {
    const rows = await page(last);
    for (const { key, hint } of rows) yield { key, hint: hint ?? undefined };
    const final = rows.at(-1);
    if (final === undefined || rows.length < PAGE) return;
    last = final.key;
  }
}
