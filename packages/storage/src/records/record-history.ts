import type { RecordKind } from '@castellan/connector-sdk';
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
  /** `found`: it held when its kind was listed for the first time, since then or before. */
  readonly what: 'first_seen' | 'returned' | 'changed' | 'removed' | 'found' | 'gained' | 'lost';
  /** Name of the relation; `null`: the record itself. */
  readonly relation: string | null;
  readonly kind: Related['kind'];
  readonly key: string;
  readonly label: string;
}

type Event = Pick<HistoryEntry, 'at' | 'what' | 'relation'> & { readonly link: Link };

/** What is known of the past of a record: whenever it and its edges came and went, and when it changed last. */
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
    const events: Event[] = [...ownEvents(record, await this.pastOf(integrationId, record))];
    for (const relation of relationsOf(kind)) {
      // The log is a list of its own; and what accounts say of their manager does not say since when.
      if (relation.form !== 'edge' && relation.form !== 'rows') continue;
      const bindings = new Bindings();
      const source = linkSource(relation, integrationId, record, bindings.bind);
      if (source === undefined) continue;
      const links = await this.edgeEvents(source, relation.form === 'edge' ? relation.edge : relation.of, bindings, limit + 1);
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

  /** Times that a record was there before the last one, oldest first. */
  private async pastOf(integrationId: string, { kind, key }: StoredRecord): Promise<readonly Past[]> {
    const rows = await this.database.query<Past>(
      `SELECT ${utc('since')} AS since, ${utc('until')} AS until FROM past_presences t
       WHERE t.integration_id = $1 AND t.kind = $2 AND t.key = $3 ORDER BY t.until`,
      [integrationId, kind, key],
    );
    return rows.map(({ since, until }) => ({ since: iso(since), until: iso(until) }));
  }

  private async edgeEvents(
    { table, conditions, kind, key }: LinkSource,
    of: RecordKind,
    { values }: Bindings,
    limit: number,
  ): Promise<readonly Omit<Event, 'relation'>[]> {
    const where = conditions.join(' AND ');
    const parts = (from: string, row: 't' | 'p', since: string, until: string): readonly string[] => {
      const came = `${row}.${since}`;
      const columns = (column: string): string =>
        `(${row}."${column}" AT TIME ZONE 'UTC')::text AS at, ${kind} AS kind, ${key} AS key`;
      const order = (column: string): string => `ORDER BY ${row}.${column} DESC, t.key LIMIT ${limit}`;
      return [
        `(SELECT CASE WHEN s.first_complete_at IS NULL OR ${came} <= s.first_complete_at THEN 'found' ELSE 'gained' END AS what, ${columns(since)}
          FROM ${from} LEFT JOIN stream_state s ON s.integration_id = t.integration_id AND s.stream = t.stream WHERE ${where} ${order(since)})`,
        `(SELECT 'lost' AS what, ${columns(until)} FROM ${from} WHERE ${where} AND ${row}.${until} IS NOT NULL ${order(until)})`,
      ];
    };
    const past = `"${table}" t JOIN past_presences p ON p.integration_id = t.integration_id AND p.kind = '${of}' AND p.key = t.key`;
    const all = [...parts(`"${table}" t`, 't', 'present_since', 'removed_at'), ...parts(past, 'p', 'since', 'until')];
    type Row = Pick<Event, 'at' | 'what'> & Pick<Link, 'kind' | 'key'>;
    const rows = await this.database.query<Row>(all.join(' UNION ALL '), values);
    return rows.map(({ at, what, kind: other, key: end }) => ({
      at: iso(at),
      what,
      link: { kind: other, key: end, via: {}, since: at, removedAt: null },
    }));
  }
}

interface Past {
  readonly since: string;
  readonly until: string;
}

function ownEvents(record: StoredRecord, past: readonly Past[]): readonly Event[] {
  const { kind, key, firstSeenAt, presentSince, changedAt, removedAt } = record;
  const event = (what: HistoryEntry['what'], at: string): Event => ({
    at,
    what,
    relation: null,
    link: { kind, key, via: {}, since: at, removedAt: null },
  });
  return [
    event('first_seen', firstSeenAt),
    ...past.flatMap(({ since, until }) => [
      ...(since === firstSeenAt ? [] : [event('returned', since)]),
      event('removed', until),
    ]),
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
