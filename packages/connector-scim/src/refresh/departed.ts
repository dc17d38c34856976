import type { RecordKind, Stale, SyncedReader } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { type ListSpec, readList } from '../paging/list-reader.js';
import { idOf, SeenTexts } from '../paging/seen.js';
import { staleNow } from './read-parts.js';

export interface Departed {
  /** Records that are known and not listed any more: each is asked for by itself before it is removed. */
  readonly stale: readonly Stale[];
  /** How many are known now; `null`: the service's count is of no use until the next full listing. */
  readonly known: number | null;
}

/**
 * Who is gone. A filter by time shows who came and who changed, and never who left; but the service counts them. Does it count fewer
 * than we know, the ids are listed and compared. One request where nobody has left.
 * @param known how many there should be, newcomers included; `null` where that is not to be had.
 */
export async function departedSince(
  client: ScimClient,
  list: ListSpec,
  known: number | null,
  { stream, kind, synced }: { readonly stream: string; readonly kind: RecordKind; readonly synced: SyncedReader },
): Promise<Departed> {
  if (known === null) return { stale: [], known };
  const { total } = await client.list(list.path, list.what, { count: '1' });
  if (total === null) return { stale: [], known: null };
  // More than we know are newcomers whom the next delta shows.
  if (total >= known) return { stale: [], known };
  const ids = new SeenTexts();
  let listed = 0;
  for await (const { items } of readList(client, { ...list, wish: { attributes: 'id' } })) {
    for (const item of items) if (ids.add(idOf(item) ?? '')) listed += 1;
  }
  const stale: Stale[] = [];
  for await (const { key } of synced.entries(kind)) if (!ids.has(key)) stale.push(staleNow(client, stream, 'key', key));
  // A count that is always short would have us list all ids every five minutes.
  return { stale, known: stale.length === 0 ? null : listed };
}
