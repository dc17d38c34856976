import type { StreamView } from '@castellan/api';
import type { StreamInfo } from '@castellan/connector-sdk';
import type { Integration, IntegrationFacts, StreamFreshness } from '@castellan/storage';
import type { CatalogueEntry } from '@castellan/sync-engine';

/** The rows that belong to one integration. */
export interface IntegrationRows {
  readonly integration: Integration;
  readonly entry: CatalogueEntry | undefined;
  readonly facts: IntegrationFacts;
}

/**
 * In the connector's order; a stream that the connector no longer has, or the settings do not ask for, is left out; one that was
 * never read is `pending`.
 */
export function streamViews({ integration, entry, facts }: IntegrationRows): readonly StreamView[] {
  if (entry?.status !== 'available')
    return facts.streams.map((row) => streamView({ name: row.stream, kind: row.kind, requires: [] }, row));
  const byName = new Map(facts.streams.map((row) => [row.stream, row]));
  return entry.connector.streamsOf(integration.config).map((stream) => streamView(stream, byName.get(stream.name)));
}

function streamView(
  { name, kind, requires }: Pick<StreamInfo, 'name' | 'kind' | 'requires'>,
  row: StreamFreshness | undefined,
): StreamView {
  return {
    name,
    kind,
    requires,
    state: row?.status ?? 'pending',
    freshAt: row?.freshAt?.toISOString() ?? null,
    error: row?.error ?? null,
    unlisted: row?.unlisted.map(({ partition, reason }) => ({ partition, reason })) ?? [],
    unlistedCount: row?.unlistedCount ?? 0,
  };
}
