import type { ActivityParty, RecordKind } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';
import { managersSql } from './record-links.js';
import type { StoredRecord } from './record-repository.js';
import { type Link, namingsOf } from './related.js';
import type { Relation } from './relations.js';
import { Bindings } from './row-query.js';

/** Kinds that an event of the log may speak of by their ids. */
const OF_EVENTS = [
  'account',
  'group',
  'application',
  'role',
  'identity_provider',
  'policy',
  'policy_rule',
  'network_zone',
  'group_rule',
  'api_token',
] as const satisfies readonly RecordKind[];

/** What a record itself says it is related to: few, so that they come all at once. */
export async function namedEnds(
  queries: Queries,
  integrationId: string,
  relation: Relation,
  record: StoredRecord,
): Promise<readonly Link[]> {
  const { data } = record;
  switch (relation.form) {
    case 'fields':
      return fieldEnds(relation.fields, relation.kind ?? textOf(data, relation.kindField ?? ''), record);
    case 'manager':
      return managerEnds(queries, integrationId, record);
    case 'actor':
      return partyEnds(queries, integrationId, record, 'actor' in data && data.actor !== null ? [data.actor] : []);
    case 'targets':
      return partyEnds(queries, integrationId, record, 'targets' in data ? data.targets : []);
    default:
      return [];
  }
}

function fieldEnds(fields: readonly string[], kind: string | null, { data, presentSince }: StoredRecord): readonly Link[] {
  return fields.flatMap((field) => {
    const value: unknown = Reflect.get(data, field);
    const keys = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
    // Where two fields hold such keys, each says which one it is.
    const via = fields.length > 1 ? { field } : {};
    return keys.map((key) => ({ kind, key, via, since: presentSince, removedAt: null }));
  });
}

/** Only where it is clear who is meant. */
async function managerEnds(queries: Queries, integrationId: string, record: StoredRecord): Promise<readonly Link[]> {
  const manager = textOf(record.data, 'manager');
  if (manager === null || manager === '') return [];
  const { bind, values } = new Bindings();
  const found = await queries.query<{ readonly key: string }>(managersSql(bind, integrationId, manager), values);
  const [only, other] = found;
  if (only === undefined || other !== undefined) return [];
  return [{ kind: 'account', key: only.key, via: { manager }, since: record.presentSince, removedAt: null }];
}

/** Those that are known by their ids: what else a log names is nothing to open. */
async function partyEnds(
  queries: Queries,
  integrationId: string,
  { data, presentSince }: StoredRecord,
  parties: readonly ActivityParty[],
): Promise<readonly Link[]> {
  const since = 'published' in data ? data.published : presentSince;
  const kinds = await kindsOfParties(
    queries,
    integrationId,
    parties.flatMap(({ id }) => id ?? []),
  );
  return parties.flatMap(({ id, type }): readonly Link[] => {
    const kind = id === null ? undefined : kinds.get(id);
    return id === null || kind === undefined ? [] : [{ kind, key: id, via: { type }, since, removedAt: null }];
  });
}

/** Of which kind the records are that a log speaks of by their ids. */
export async function kindsOfParties(
  queries: Queries,
  integrationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RecordKind>> {
  const kinds = new Map<string, RecordKind>();
  for (const kind of OF_EVENTS) {
    const missing = ids.filter((id) => !kinds.has(id));
    if (missing.length === 0) break;
    for (const key of (await namingsOf(queries, integrationId, kind, missing)).keys()) kinds.set(key, kind);
  }
  return kinds;
}

function textOf(data: object, field: string): string | null {
  const value: unknown = Reflect.get(data, field);
  return typeof value === 'string' ? value : null;
}
