import type { HttpResponse, Page, ReadArgs, RecordKind, Rejected, SourceRecord } from '@castellan/connector-sdk';
import { listOf, type OktaClient, type OktaList, type OktaRequest } from '../client/okta-client.js';
import { whyNoRow } from '../map/ids.js';
import { type ListCursor, resumeFromOf } from './cursors.js';
import { Paging } from './paging.js';

/** A row, or `null` for one that has no usable id. */
export type Mapper<K extends RecordKind> = (item: unknown) => SourceRecord<K> | null;

export interface Listing<K extends RecordKind> {
  readonly first: OktaRequest;
  readonly map: Mapper<K>;
  /** Default: `client.get`. */
  readonly fetch?: (request: OktaRequest) => Promise<HttpResponse>;
  /** Default: the body is the list. */
  readonly unwrap?: (response: HttpResponse, url: string) => OktaList;
  /** Looks at the first page of a fresh pass. Throws when it cannot be true. */
  readonly check?: (items: readonly unknown[]) => void;
  /** Which rows are kept at all, by the settings. What is left out is counted and said. */
  readonly selection?: { readonly keeps: (record: SourceRecord<K>) => boolean; readonly what: 'group' | 'application' };
  readonly cost: { readonly stream: string; readonly bucket: string };
}

/** Reads a paged list, one page for each of Okta's. */
export async function* listPages<K extends RecordKind>(
  { client, from }: ReadArgs<OktaClient, ListCursor>,
  listing: Listing<K>,
): AsyncGenerator<Page<K, ListCursor>, void, void> {
  const fetch = listing.fetch ?? ((request: OktaRequest) => client.get(request));
  const unwrap = listing.unwrap ?? listOf;
  const paging = await Paging.from(client, from, listing.first.url);
  let began = from?.began;
  const { stream, bucket } = listing.cost;
  let left = 0;
  for (let calls = 1; ; calls += 1) {
    client.board.expect(stream, { [bucket]: calls });
    const { position } = paging;
    const request = position === undefined ? listing.first : continuing(listing.first, position);
    let response: HttpResponse;
    try {
      response = await fetch(request);
    } catch (error) {
      paging.restartAfter(error);
      continue;
    }
    const { items, next } = unwrap(response, request.url);
    if (position === undefined) {
      listing.check?.(items);
      began = (response.date ?? client.now()).toISOString();
    }
    const { records: all, rejected } = mapItems(items, listing.map, listing.first.url);
    const records = all.filter((record) => listing.selection?.keeps(record) ?? true);
    left += all.length - records.length;
    client.board.count.add(records);
    if (next !== undefined) paging.moveTo(next);
    else sayLeftOut(client, listing.selection?.what, left);
    const since = began === undefined ? {} : { began };
    if (next === undefined)
      yield { records, rejected, next: null, ...(began !== undefined && { resumeFrom: resumeFromOf(began) }) };
    else yield { records, rejected, next: { next, restarts: paging.restarts, ...since } };
    if (next === undefined) return;
  }
}

function sayLeftOut(client: OktaClient, what: string | undefined, count: number): void {
  if (what === undefined || count === 0) return;
  client.logger.info('left out by the settings', { what, count });
  client.board.leaveOut(what, `${count} ${what}${count === 1 ? ' is' : 's are'} left out by the settings.`);
}

/** The same request for a later page: its headers and priority stay, its query is in the link. */
export function continuing(first: OktaRequest, next: string): OktaRequest {
  const { headers, priority } = first;
  return { url: next, ...(headers !== undefined && { headers }), ...(priority !== undefined && { priority }) };
}

export function mapItems<K extends RecordKind>(
  items: readonly unknown[],
  map: Mapper<K>,
  where: string,
  why: (item: unknown) => string = (item) => whyNoRow(item),
): { readonly records: readonly SourceRecord<K>[]; readonly rejected: readonly Rejected[] } {
  const records: SourceRecord<K>[] = [];
  const rejected: Rejected[] = [];
  for (const [index, item] of items.entries()) {
    const record = map(item);
    if (record !== null) records.push(record);
    else rejected.push({ reason: why(item), at: `${where}, item ${index}` });
  }
  return { records, rejected };
}
