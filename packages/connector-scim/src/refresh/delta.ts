import {
  ConnectorError,
  type DeltaArgs,
  type DeltaPage,
  type RecordKind,
  type SourceRecord,
  type Stale,
} from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { type ListPage, type ListSpec, readList } from '../paging/list-reader.js';
import { type Mapper, mapItems } from '../streams/listing.js';
import { type ChangedSince, filterSince, isChangedSince, parseChangedSince, sinceOf } from './changed-since.js';
import { departedSince } from './departed.js';

export interface Delta<K extends RecordKind> {
  readonly stream: string;
  readonly kind: K;
  readonly list: ListSpec;
  readonly map: Mapper<K>;
  readonly staleAfter: (record: SourceRecord<K>) => Promise<readonly Stale[]>;
}

/**
 * What has changed, by the service's own filter, and who is gone, by its count. A service that forgets to filter, or refuses to, is
 * not asked again until the next full listing; what it has shown is true all the same.
 */
export async function* readDelta<K extends RecordKind>(
  args: DeltaArgs<ScimClient>,
  delta: Delta<K>,
): AsyncGenerator<DeltaPage<K>, void, void> {
  const since = parseChangedSince(args.since);
  const ended: ChangedSince = { ...since, off: true };
  if (since.off === true) {
    yield { records: [], resumeFrom: ended };
    return;
  }
  const { client } = args;
  const { list } = delta;
  let newcomers = 0;
  try {
    for await (const page of readList(client, { ...list, query: { filter: filterSince(since.from) } })) {
      const mapped = mapItems(page.items, delta.map, list.what);
      const stale = await staleIn(args, delta, mapped.records);
      newcomers += stale.newcomers;
      if (!page.items.every((item) => isChangedSince(item, since.from))) {
        noteEnd(client, list, 'the filter is ignored');
        yield { ...mapped, stale: stale.parts, resumeFrom: ended };
        return;
      }
      if (page.next !== null) yield { ...mapped, stale: stale.parts };
      else {
        const end = await endOf(args, delta, since, newcomers, page);
        yield { ...mapped, stale: [...stale.parts, ...end.stale], resumeFrom: end.resumeFrom };
      }
    }
  } catch (error) {
    const { kind, message } = ConnectorError.from(error);
    if (kind !== 'upstream' && kind !== 'permission') throw error;
    noteEnd(client, list, message);
    yield { records: [], resumeFrom: ended };
  }
}

async function staleIn<K extends RecordKind>(
  { synced }: DeltaArgs<ScimClient>,
  { kind, staleAfter }: Delta<K>,
  records: readonly SourceRecord<K>[],
): Promise<{ readonly parts: readonly Stale[]; readonly newcomers: number }> {
  const parts: Stale[] = [];
  let newcomers = 0;
  for (const record of records) {
    parts.push(...(await staleAfter(record)));
    if ((await synced.get(kind, record.key)) === undefined) newcomers += 1;
  }
  return { parts, newcomers };
}

async function endOf<K extends RecordKind>(
  { client, synced }: DeltaArgs<ScimClient>,
  { list, stream, kind }: Delta<K>,
  { known: before }: ChangedSince,
  newcomers: number,
  { began }: ListPage,
): Promise<{ readonly stale: readonly Stale[]; readonly resumeFrom: ChangedSince }> {
  const { stale, known } = await departedSince(client, list, before === null ? null : before + newcomers, {
    stream,
    kind,
    synced,
  });
  return { stale, resumeFrom: sinceOf(began, known) };
}

function noteEnd({ logger }: ScimClient, { what }: ListSpec, problem: string): void {
  logger.warn('changes are not asked for until the next full listing', { list: what, problem });
}
