import type { RecordKind } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';
import { recordTable } from '../schema/record-tables.js';
import { iso } from './listed-rows.js';
import { recordKindOf } from './relations.js';
import { namingSql } from './table-fields.js';

/** One end of a relation as an edge names it; times as the database writes them, or ISO 8601. */
export interface Link {
  readonly kind: string | null;
  readonly key: string;
  readonly via: Readonly<Record<string, string | number | boolean | null>>;
  readonly since: string;
  readonly removedAt: string | null;
}

/** The other end of a relation. */
export interface Related extends Link {
  /** What is no record has the provider's own word. */
  readonly kind: RecordKind | 'client' | 'resource_set' | 'unknown';
  /** Its key where it was never read. */
  readonly label: string;
  readonly detail: string | null;
  readonly known: boolean;
}

interface Naming {
  readonly label: string;
  readonly detail: string | null;
}

/** With what people call the other ends: one statement for each kind of them. */
export async function labelled(queries: Queries, integrationId: string, links: readonly Link[]): Promise<readonly Related[]> {
  const keys = new Map<RecordKind, string[]>();
  for (const { kind, key } of links) {
    const recorded = recordKindOf(kind);
    if (recorded !== null) keys.set(recorded, [...(keys.get(recorded) ?? []), key]);
  }
  const namings = new Map<RecordKind, ReadonlyMap<string, Naming>>();
  for (const [kind, of] of keys) namings.set(kind, await namingsOf(queries, integrationId, kind, of));
  return links.map(({ kind, key, via, since, removedAt }) => {
    const recorded = recordKindOf(kind);
    const found = recorded === null ? undefined : namings.get(recorded)?.get(key);
    return {
      kind: recorded ?? (kind === 'client' || kind === 'resource_set' ? kind : 'unknown'),
      key,
      label: found?.label ?? key,
      detail: found?.detail ?? null,
      known: found !== undefined,
      via,
      since: iso(since),
      removedAt: removedAt === null ? null : iso(removedAt),
    };
  });
}

/** By key; those that were never read are missing. */
export async function namingsOf(
  queries: Queries,
  integrationId: string,
  kind: RecordKind,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Naming>> {
  const { label, detail } = namingSql(kind);
  const rows = await queries.query<Naming & { readonly key: string }>(
    `SELECT t.key, ${label} AS label, ${detail} AS detail FROM "${recordTable(kind).table}" t
     WHERE t.integration_id = $1 AND t.key = ANY ($2::text[])`,
    [integrationId, keys],
  );
  return new Map(rows.map(({ key, ...naming }) => [key, naming]));
}
