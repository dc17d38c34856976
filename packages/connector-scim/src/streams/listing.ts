import type { Page, RecordKind, Rejected, SourceRecord } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { whyNoRow } from '../map/ids.js';
import type { ListCursor } from '../paging/list-cursor.js';
import { type ListSpec, readList } from '../paging/list-reader.js';
import { deltaAfter } from '../refresh/changed-since.js';

/** A row, or `null` for a resource that has no usable id. */
export type Mapper<K extends RecordKind> = (item: unknown) => SourceRecord<K> | null;

/** A list as a stream, one page for each of the service's. */
export async function* listPages<K extends RecordKind>(
  client: ScimClient,
  list: ListSpec,
  map: Mapper<K>,
  from: ListCursor | undefined,
): AsyncGenerator<Page<K, ListCursor>, void, void> {
  for await (const page of readList(client, list, from)) {
    const mapped = mapItems(page.items, map, list.what);
    const since = page.next === null ? await deltaAfter(client, list, page) : undefined;
    yield { ...mapped, next: page.next, ...(since !== undefined && { resumeFrom: since }) };
  }
}

export function mapItems<K extends RecordKind>(
  items: readonly unknown[],
  map: Mapper<K>,
  where: string,
): { readonly records: readonly SourceRecord<K>[]; readonly rejected: readonly Rejected[] } {
  const records: SourceRecord<K>[] = [];
  const rejected: Rejected[] = [];
  for (const [index, item] of items.entries()) {
    const record = map(item);
    if (record !== null) records.push(record);
    else rejected.push({ reason: whyNoRow(item), at: `${where}, item ${index}` });
  }
  return { records, rejected };
}
