import type { RecordKind } from '@castellan/connector-sdk';
import { type Queries, recordTable } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { kindsOf } from '../check/need.js';

/** More than so many are looked up one by one no sooner than all. */
const MOST = 5_000;
/** What is committed after a look has begun may have the time at which its own transaction began. */
export const MARGIN = `interval '15 minutes'`;

/** What has changed since the last look. */
export interface Changes {
  readonly kinds: ReadonlySet<RecordKind>;
  /** Of the first of the runs that the last look did not know of: one that waited may have begun long before that look. */
  readonly since: Date;
  /** Access was counted anew. */
  readonly counted?: boolean;
}

/** Keys of the subjects that changes have touched, asked once for all checks of a look. */
export class TouchedSubjects {
  private readonly known = new Map<string, Promise<readonly string[] | undefined>>();

  constructor(
    private readonly queries: Queries,
    private readonly integrationId: string,
    private readonly changes: Changes,
  ) {}

  /** `undefined`: all are to be looked at. */
  async of({
    touchedBy,
    needs,
    seesMoreWith,
  }: Pick<Check, 'touchedBy' | 'needs' | 'seesMoreWith'>): Promise<readonly string[] | undefined> {
    if (touchedBy === undefined) return undefined;
    const kinds = [...kindsOf([...needs, ...seesMoreWith])].filter((kind) => this.changes.kinds.has(kind));
    const keys = new Set<string>();
    for (const kind of kinds) {
      const field = touchedBy[kind];
      const found = field === undefined ? undefined : await this.remembered(kind, field);
      if (found === undefined) return undefined;
      for (const key of found) keys.add(key);
    }
    return keys.size > MOST ? undefined : [...keys];
  }

  private remembered(kind: RecordKind, field: string): Promise<readonly string[] | undefined> {
    const id = `${kind}.${field}`;
    const known = this.known.get(id) ?? this.read(kind, field);
    this.known.set(id, known);
    return known;
  }

  private async read(kind: RecordKind, field: string): Promise<readonly string[] | undefined> {
    const { table, columns } = recordTable(kind);
    const column = field === 'key' ? 'key' : columns.find(({ property }) => property === field)?.column;
    if (column === undefined) throw new Error(`${kind} has no field ${field}.`);
    const rows = await this.queries.query<{ readonly key: string }>(
      `SELECT DISTINCT t."${column}" AS key FROM "${table}" t WHERE t.integration_id = $1 AND t."${column}" IS NOT NULL
         AND greatest(t.changed_at, t.present_since, t.removed_at) > $2::timestamptz - ${MARGIN} LIMIT ${MOST + 1}`,
      [this.integrationId, this.changes.since],
    );
    return rows.length > MOST ? undefined : rows.map(({ key }) => key);
  }
}
