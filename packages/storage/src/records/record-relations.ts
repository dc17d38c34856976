import type { RecordKind } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';
import { type ListedRow, selectListed, toListed, utc } from './listed-rows.js';
import { recordTable } from '../schema/record-tables.js';
import { kindsOfParties, namedEnds } from './named-ends.js';
import { conditionsOf, type LinkSource, linkSource } from './record-links.js';
import type { ListedRecord, RecordRepository, StoredRecord } from './record-repository.js';
import { labelled, type Link, type Related } from './related.js';
import { otherKind, type Relation, relationsOf, rowKind } from './relations.js';
import { Bindings } from './row-query.js';

export interface RelationSummary {
  readonly name: string;
  readonly title: string;
  readonly kind: RecordKind | null;
  /** `null`: more than are counted. */
  readonly present: number | null;
  readonly removed: number | null;
}

export interface RelatedPage {
  readonly items: readonly Related[];
  readonly total: number | null;
}

export interface RelatedQuery {
  readonly offset: number;
  readonly limit: number;
  /** Former ones instead of those that hold. */
  readonly removed: boolean;
}

/** A record that links two others, or that names one in a field. */
export interface LinkingRow {
  readonly record: ListedRecord;
  /** The other end; of a record that only names the first, the record itself. */
  readonly end: Related;
}

export interface LinkingPage {
  readonly items: readonly LinkingRow[];
  readonly total: number;
}

/** A record by its place: its workspace is checked with it. */
export interface RecordPlace {
  readonly workspaceId: string;
  readonly integrationId: string;
  readonly kind: RecordKind;
  readonly key: string;
}

/** What a record is related to, from the edges that were collected and from what it says itself. */
export class RecordRelations {
  constructor(
    private readonly database: Database,
    private readonly records: RecordRepository,
  ) {}

  /** `undefined`: no such record. */
  async summaries(place: RecordPlace): Promise<readonly RelationSummary[] | undefined> {
    const record = await this.recordAt(place);
    if (record === undefined) return undefined;
    const summaries: RelationSummary[] = [];
    for (const relation of relationsOf(place.kind)) summaries.push(await this.summary(place.integrationId, relation, record));
    return summaries;
  }

  /** `no record`, `no relation` of this name. By the key of the edge; events newest first. */
  async page(place: RecordPlace, name: string, query: RelatedQuery): Promise<RelatedPage | 'no record' | 'no relation'> {
    const relation = relationsOf(place.kind).find((candidate) => candidate.name === name);
    if (relation === undefined) return 'no relation';
    const record = await this.recordAt(place);
    if (record === undefined) return 'no record';
    const { integrationId } = place;
    const bindings = new Bindings();
    const source = linkSource(relation, integrationId, record, bindings.bind);
    if (source === undefined) {
      const ends = query.removed ? [] : await namedEnds(this.database, integrationId, relation, record);
      const shown = ends.slice(query.offset, query.offset + query.limit);
      return { items: await labelled(this.database, integrationId, shown), total: ends.length };
    }
    const total = await this.count(source, bindings, query.removed);
    const rows = await this.links(source, bindings, query);
    return { items: await labelled(this.database, integrationId, rows), total };
  }

  /**
   * The records that a relation is made of, present ones, in the order of `page`: of an account's groups its memberships.
   * `no relation` also where it is made of none.
   */
  async linking(
    place: RecordPlace,
    name: string,
    { offset, limit }: Omit<RelatedQuery, 'removed'>,
  ): Promise<LinkingPage | 'no record' | 'no relation'> {
    const relation = relationsOf(place.kind).find((candidate) => candidate.name === name);
    const kind = relation === undefined ? null : rowKind(relation);
    if (relation === undefined || kind === null) return 'no relation';
    const record = await this.recordAt(place);
    if (record === undefined) return 'no record';
    const { integrationId } = place;
    const bindings = new Bindings();
    const source = linkSource(relation, integrationId, record, bindings.bind);
    if (source === undefined) return 'no relation';
    const total = await this.count(source, bindings, false);
    const table = recordTable(kind);
    const rows = await this.database.query<ListedRow & Link & { readonly endKey: string; readonly endKind: string }>(
      `${selectListed(table, [`${source.kind} AS "endKind"`, `${source.key} AS "endKey"`, `${source.via} AS via`])}
       WHERE ${conditionsOf(source, false)} ORDER BY ${source.order}
       OFFSET ${bindings.bind(offset)} LIMIT ${bindings.bind(limit)}`,
      bindings.values,
    );
    const records = rows.map((row) => toListed(kind, table, row));
    const ends = await labelled(
      this.database,
      integrationId,
      rows.map(({ endKind, endKey, via, presentSince }) => ({
        kind: endKind,
        key: endKey,
        via,
        since: presentSince,
        removedAt: null,
      })),
    );
    const items = records.flatMap((one, index) => {
      const end = ends[index];
      return end === undefined ? [] : [{ record: one, end }];
    });
    // Only of activity more are there than are counted, and that is no link.
    return { items, total: total ?? items.length };
  }

  /** What the record itself names: of a membership its group and its member. */
  async named(place: RecordPlace): Promise<readonly Related[] | undefined> {
    const record = await this.recordAt(place);
    if (record === undefined) return undefined;
    const links: Link[] = [];
    for (const relation of relationsOf(place.kind))
      if (relation.form === 'fields') links.push(...(await namedEnds(this.database, place.integrationId, relation, record)));
    return labelled(this.database, place.integrationId, links);
  }

  /** The records that a log speaks of by these ids, in their order; ids that nothing is known by are left out. */
  async spokenOf(integrationId: string, ids: readonly string[]): Promise<readonly Related[]> {
    const kinds = await kindsOfParties(this.database, integrationId, ids);
    const links = ids.flatMap((key) => {
      const kind = kinds.get(key);
      return kind === undefined ? [] : [{ kind, key, via: {}, since: '', removedAt: null }];
    });
    return labelled(this.database, integrationId, links);
  }

  private recordAt({ workspaceId, integrationId, kind, key }: RecordPlace): Promise<StoredRecord | undefined> {
    return this.records.get(workspaceId, integrationId, kind, key);
  }

  private async summary(integrationId: string, relation: Relation, record: StoredRecord): Promise<RelationSummary> {
    const { name, title } = relation;
    const about = { name, title, kind: otherKind(relation) };
    const bindings = new Bindings();
    const source = linkSource(relation, integrationId, record, bindings.bind);
    if (source === undefined) {
      const ends = await namedEnds(this.database, integrationId, relation, record);
      return { ...about, present: ends.length, removed: 0 };
    }
    const present = await this.count(source, bindings, false);
    return { ...about, present, removed: await this.count(source, bindings, true) };
  }

  private async count(source: LinkSource, { values }: Bindings, removed: boolean): Promise<number | null> {
    const { most } = source;
    const limit = most === undefined ? '' : ` LIMIT ${most + 1}`;
    const [row] = await this.database.query<{ readonly links: number }>(
      `SELECT count(*)::float8 AS links FROM (SELECT 1 FROM "${source.table}" t WHERE ${conditionsOf(source, removed)}${limit}) l`,
      values,
    );
    const links = row?.links ?? 0;
    return most !== undefined && links > most ? null : links;
  }

  private links(source: LinkSource, bindings: Bindings, { offset, limit, removed }: RelatedQuery): Promise<Link[]> {
    const { table, kind, key, via, since, order } = source;
    return this.database.query<Link>(
      `SELECT ${kind} AS kind, ${key} AS key, ${via} AS via, ${utc(since)} AS since, ${utc('removed_at')} AS "removedAt"
       FROM "${table}" t WHERE ${conditionsOf(source, removed)} ORDER BY ${order}
       OFFSET ${bindings.bind(offset)} LIMIT ${bindings.bind(limit)}`,
      bindings.values,
    );
  }
}
