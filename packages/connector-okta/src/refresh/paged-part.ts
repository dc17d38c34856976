import { PageTrail } from '@castellan/connector-sdk';
import type { RecordKind, Rejected, Scope, SourceRecord, Stale } from '@castellan/connector-sdk';
import { listOf, type OktaClient, type OktaRequest } from '../client/okta-client.js';
import { continuing, type Mapper, mapItems } from '../streams/listing.js';
import { endless } from '../streams/endless.js';
import type { Step } from './read-parts.js';

export interface PagedPart<K extends RecordKind> {
  readonly client: OktaClient;
  readonly first: OktaRequest;
  readonly map: Mapper<K>;
  /** Rows that do not belong here: of a group or an application that is not synced. Default: all belong. */
  readonly keep?: (record: SourceRecord<K>) => Promise<boolean>;
  /** What is complete at the end. */
  readonly scope: Scope;
  /** Scopes asked for that it answers as well. */
  readonly answers?: readonly Scope[];
  /** After the last page, and also when what it lies below is gone (then with no row). */
  readonly end: (shown: ReadonlySet<string>, gone: boolean) => Promise<Ending>;
}

export interface Ending {
  /** Why what was shown cannot be all; then nothing is complete. */
  readonly doubt?: string | undefined;
  readonly stale?: readonly Stale[];
}

/** Reads a paged list to its end, one step for each page. Remembers the keys that were shown, so that the end can be doubted. */
export function readPaged<K extends RecordKind>(part: PagedPart<K>): Promise<Step<K>> {
  return page(part, part.first, new Set(), new PageTrail());
}

async function page<K extends RecordKind>(
  part: PagedPart<K>,
  request: OktaRequest,
  shown: Set<string>,
  trail: PageTrail,
): Promise<Step<K>> {
  const response = await part.client.find(request);
  if (response === undefined) return close(part, shown, true, [], []);
  const list = listOf(response, request.url);
  const { records: mapped, rejected } = mapItems(list.items, part.map, part.first.url);
  const records = await kept(part, mapped);
  for (const { key } of records) shown.add(key);
  const { next } = list;
  if (next === undefined) return close(part, shown, false, records, rejected);
  const problem = trail.follow(next);
  if (problem !== undefined) throw endless(part.first.url, problem);
  return { records, rejected, more: () => page(part, continuing(part.first, next), shown, trail) };
}

async function kept<K extends RecordKind>(
  { keep }: PagedPart<K>,
  records: readonly SourceRecord<K>[],
): Promise<readonly SourceRecord<K>[]> {
  if (keep === undefined) return records;
  const wanted: SourceRecord<K>[] = [];
  for (const record of records) if (await keep(record)) wanted.push(record);
  return wanted;
}

async function close<K extends RecordKind>(
  part: PagedPart<K>,
  shown: ReadonlySet<string>,
  gone: boolean,
  records: readonly SourceRecord<K>[],
  rejected: readonly Rejected[],
): Promise<Step<K>> {
  const { scope, answers = [] } = part;
  const { doubt, stale = [] } = await part.end(shown, gone);
  if (doubt === undefined) return { records, rejected, complete: [scope], settled: answers, stale };
  return { records, rejected, unread: [scope, ...answers].map((one) => ({ scope: one, reason: doubt })), stale };
}
