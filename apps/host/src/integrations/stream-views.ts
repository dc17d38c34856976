import { isFresh, type StreamView } from '@castellan/api';
import type { StreamInfo } from '@castellan/connector-sdk';
import type { Integration, IntegrationFacts, RecordCount, StreamFreshness } from '@castellan/storage';
import type { CatalogueEntry } from '@castellan/sync-engine';
import type { FreshStream } from './freshness.js';

/** The rows that belong to one integration. */
export interface IntegrationRows {
  readonly integration: Integration;
  readonly entry: CatalogueEntry | undefined;
  readonly facts: IntegrationFacts;
}

/** With what only the answers tell, and no status needs. */
export interface ShownRows extends IntegrationRows {
  readonly counts: readonly RecordCount[];
  /** How often this host polls an integration that does not say. 0: never. */
  readonly hostPollSeconds: number;
}

/**
 * In the connector's order; a stream that the connector no longer has, or the settings do not ask for, is left out; one that was
 * never read is `pending`.
 */
export function streamViews({ integration, entry, facts }: IntegrationRows): readonly StreamView[] {
  if (entry?.status !== 'available')
    return facts.streams.map((row) =>
      streamView({ name: row.stream, kind: row.kind, requires: [], semantics: row.semantics }, row),
    );
  const byName = new Map(facts.streams.map((row) => [row.stream, row]));
  return entry.connector.streamsOf(integration.config).map((stream) => streamView(stream, byName.get(stream.name)));
}

type PolledInfo = Pick<StreamInfo, 'name' | 'kind' | 'requires' | 'semantics'> &
  Partial<Pick<StreamInfo, 'refreshable' | 'hasDelta'>>;

function streamView(
  { name, kind, requires, semantics, refreshable, hasDelta }: PolledInfo,
  row: StreamFreshness | undefined,
): StreamView {
  return {
    name,
    kind,
    requires,
    state: row?.status ?? 'pending',
    freshAt: row?.freshAt?.toISOString() ?? null,
    isPolled: semantics === 'changes' || refreshable === true || hasDelta === true,
    error: row?.error ?? null,
    unlisted: row?.unlisted.map(({ partition, reason }) => ({ partition, reason })) ?? [],
    unlistedCount: row?.unlistedCount ?? 0,
  };
}

/** What its freshness is made of. */
export function freshStreams(rows: IntegrationRows): readonly FreshStream[] {
  const { integration, entry } = rows;
  const known = entry?.status === 'available' ? entry.connector.streamsOf(integration.config) : [];
  const byName = new Map(known.map((stream) => [stream.name, stream]));
  return streamViews(rows).map((view) => {
    return {
      freshAt: view.freshAt === null ? undefined : new Date(view.freshAt),
      isFresh: isFresh(view),
      isPolled: view.isPolled,
      isRare: byName.get(view.name)?.listedEveryDays !== undefined,
    };
  });
}
