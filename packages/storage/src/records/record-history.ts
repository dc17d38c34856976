import type { Database } from '../database/database.js';
import { iso, utc } from './listed-rows.js';
import { type LinkSource, linkSource } from './record-links.js';
import type { RecordPlace } from './record-relations.js';
import type { RecordRepository, StoredRecord } from './record-repository.js';
import { labelled, type Link, type Related } from './related.js';
import { relationsOf } from './relations.js';
import { Bindings } from './row-query.js';

export interface HistoryEntry {
  readonly at: string;
  readonly what: 'first_seen' | 'returned' | 'changed' | 'removed' | 'gained' | 'lost';
  /** Name of the relation; `null`: the record itself. */
  readonly relation: string | null;
  readonly kind: Related['kind'];
  readonly key: string;
  readonly label: string;
}

type Event = Pick<HistoryEntry, 'at' | 'what' | 'relation'> & { readonly link: Link };

/** What is known of the past of a record: when it and its edges came and went, and when it changed last. */
export class RecordHistory {
  constructor(
    private readonly database: Database,
    private readonly records: RecordRepository,
  ) {}

  /** Newest first, one more than `limit` if there are so many. `undefined`: no such record. */
  async entries(place: RecordPlace, limit: number): Promise<readonly HistoryEntry[] | undefined> {
    const { workspaceId, integrationId, kind, key } = place;
    const record = await this.records.get(workspaceId, integrationId, kind, key);
    if (record === undefined) return undefined;
    const events: Event[] = [...ownEvents(record)];
    for (const relation of relationsOf(kind)) {
      // The log is a list of its own; and what accounts say of their manager does not say since when.
      if (relation.form !== 'edge' && relation.form !== 'rows') continue;
      const bindings = new Bindings();
      const source = linkSource(relation, integrationId, record, bindings.bind);
      if (source === undefined) continue;
      const links = await this.edgeEvents(source, bindings, limit + 1);
      events.push(...links.map((event) => ({ ...event, relation: relation.name })));
    }
    const shown = events.toSorted(newestFirst).slice(0, limit + 1);
    const ends = await labelled(
      this.database,
      integrationId,
      shown.map(({ link }) => link),
    );
    return ends.map((end, index): HistoryEntry => {
      // As many ends as links, in their order.
      const { at, what, relation } = shown[index] as Event;
      return { at, what, relation, kind: end.kind, key: end.key, label: end.label };
    });
  }

  private async edgeEvents(
    { table, conditions, kind, key }: LinkSource,
    { values }: Bindings,
    limit: number,
  ): Promise<readonly Omit<Event, 'relation'>[]> {
    const events = (column: 'present_since' | 'removed_at', what: HistoryEntry['what']): string =>
      `(SELECT '${what}' AS what, ${utc(column)} AS at, ${kind} AS kind, ${key} AS key FROM "${table}" t
        WHERE ${conditions.join(' AND ')} AND t.${column} IS NOT NULL ORDER BY t.${column} DESC, t.key LIMIT ${limit})`;
    type Row = Pick<Event, 'at' | 'what'> & Pick<Link, 'kind' | 'key'>;
    const rows = await this.database.query<Row>(
      `${events('present_since', 'gained')} UNION ALL ${events('removed_at', 'lost')}`,
      values,
    );
    return rows.map(({ at, what, kind: of, key: end }) => ({
      at: iso(at),
      what,
      link: { kind: of, key: end, via: {}, since: at, removedAt: null },
    }));
  }
}

function ownEvents(record: StoredRecord): readonly Event[] {
  const { kind, key, firstSeenAt, presentSince, changedAt, removedAt } = record;
  const event = (what: HistoryEntry['what'], at: string): Event => ({
    ...{ at, what, relation: null },
    link: { kind, key, via: {}, since: at, removedAt: null },
  });
  return [
    event('first_seen', firstSeenAt),
    ...(presentSince === firstSeenAt ? [] : [event('returned', presentSince)]),
    ...(changedAt === firstSeenAt || changedAt === presentSince ? [] : [event('changed', changedAt)]),
    ...(removedAt === null ? [] : [event('removed', removedAt)]),
  ];
}

/** What happens to a record stands above what came with it in the same page. */
function newestFirst(one: Event, other: Event): number {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1;
  return Number(other.relation === null) - Number(one.relation === null);
}
