import { type IntegrationStatus, isFresh, type StreamView } from '@castellan/api';
import type { RunGlance } from '@castellan/storage';
import { integrationStatus, type StatusRun, type StatusStream } from './integration-status.js';
import type { IntegrationRows } from './stream-views.js';

/** The status that follows from the rows. */
export function statusOf(rows: IntegrationRows, streams: readonly StreamView[]): IntegrationStatus {
  const { run, poll, openHolds } = rows.facts;
  const packs = packsOf(rows);
  const shown = pollHasFailedSince(rows) ? poll : run;
  return integrationStatus({
    paused: rows.integration.paused,
    run: shown && statusRun(shown),
    streams: streams.map((stream) => ({
      ...statusStream(stream, run?.rejected[stream.name] ?? 0),
      pack: packs.get(stream.name),
    })),
    openHolds,
    now: new Date(),
  });
}

function statusRun({ state, cancelRequested, abandoned, resumeAt, error, waits }: RunGlance): StatusRun {
  return {
    state,
    cancelRequested,
    abandoned,
    resumeAt: resumeAt?.toISOString(),
    error: error ?? undefined,
    waits,
  };
}

function statusStream({ name, requires, state, unlistedCount, freshAt, error }: StreamView, rejected: number): StatusStream {
  return {
    name,
    fresh: isFresh({ state, unlistedCount, freshAt }),
    freshAt: freshAt ?? undefined,
    rejected,
    reason: error ?? undefined,
    requires,
  };
}

function packsOf({ integration, entry }: IntegrationRows): ReadonlyMap<string, string | undefined> {
  const known = entry?.status === 'available' ? entry.connector.streamsOf(integration.config) : [];
  return new Map(known.map(({ name, pack }) => [name, pack]));
}

/** A credential that was revoked at noon must not wait for the night's full run to be seen. */
function pollHasFailedSince({ integration, facts: { run, poll } }: IntegrationRows): boolean {
  if (poll?.state !== 'failed') return false;
  // Polls that find nothing leave no row, only this time.
  const isOver = integration.polledAt !== null && poll.createdAt < integration.polledAt;
  const ended = run?.finishedAt ?? null;
  return !isOver && ended !== null && poll.createdAt > ended;
}
