import {
  type ErrorView,
  type Json,
  type JsonObject,
  RECORD_KINDS,
  type RecordKind,
  type StreamInfo,
} from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';
import type { Integration, RecordCount, Run, StreamFreshness } from '@castellan/storage';
import type { CatalogueEntry } from '@castellan/sync-engine';
import { type RunView, runView } from '../runs/run-views.js';
import { type IntegrationStatus, integrationStatus } from './integration-status.js';

/** An integration in a list. */
export interface IntegrationView {
  readonly id: string;
  readonly connector: { readonly id: string; readonly name: string; readonly status: 'available' | 'unavailable' };
  readonly name: string;
  readonly owner: string | null;
  /** The provider's own id of the organisation. */
  readonly tenant: string | null;
  /** A secret reads `{ isSet: true, changedAt }`. */
  readonly config: JsonObject;
  readonly status: IntegrationStatus;
  readonly nextRunAt: string;
  /** Until when everything that the provider's log names has been read again; `null`: no poll has ended yet. */
  readonly polledAt: string | null;
  readonly createdAt: string;
}

export interface IntegrationDetail extends IntegrationView {
  /** Rows that are there now, by kind. */
  readonly counts: Readonly<Partial<Record<RecordKind, number>>>;
  /** Rows that were there once. */
  readonly removed: Readonly<Partial<Record<RecordKind, number>>>;
  readonly streams: readonly StreamView[];
  readonly lastRun: RunView | null;
  readonly openHolds: number;
}

/** Settings that were understood but changed are named once, where they came in. */
export interface CreatedIntegration extends IntegrationDetail {
  readonly hints: readonly FieldHint[];
}

/** How an integration and its streams stand, and no more. */
export interface IntegrationOverview {
  readonly id: string;
  readonly name: string;
  readonly status: IntegrationStatus;
  readonly streams: readonly StreamView[];
}

export interface StreamView {
  readonly name: string;
  readonly kind: RecordKind;
  readonly requires: readonly string[];
  readonly state: StreamFreshness['status'] | 'pending';
  /** When it was last listed to its end; its rows are as of then. */
  readonly freshAt: string | null;
  /** Why it is not fresher. */
  readonly error: ErrorView | null;
  /** Parts that could not be listed: the first of them, and how many. */
  readonly unlisted: readonly { readonly partition: string; readonly reason: string }[];
  readonly unlistedCount: number;
}

/** The rows that belong to one integration. */
export interface IntegrationRows {
  readonly integration: Integration;
  readonly entry: CatalogueEntry | undefined;
  /** The latest full run. */
  readonly run: Run | undefined;
  /** The latest poll that has found something, or failed. */
  readonly poll: Run | undefined;
  readonly freshness: readonly StreamFreshness[];
  readonly openHolds: number;
}

export function integrationView(rows: IntegrationRows): IntegrationView {
  const { integration, entry } = rows;
  const { id, name, owner } = integration;
  const available = entry?.status === 'available';
  return {
    id,
    connector: {
      id: integration.connectorId,
      name: available ? entry.connector.displayName : integration.connectorId,
      status: available ? 'available' : 'unavailable',
    },
    name,
    owner,
    tenant: integration.tenantId,
    config: shownConfig(integration),
    status: statusOf(rows),
    nextRunAt: integration.nextRunAt.toISOString(),
    polledAt: integration.polledAt?.toISOString() ?? null,
    createdAt: integration.createdAt.toISOString(),
  };
}

export function integrationOverview(rows: IntegrationRows): IntegrationOverview {
  const { id, name } = rows.integration;
  return { id, name, status: statusOf(rows), streams: streamViews(rows) };
}

export function integrationDetail(rows: IntegrationRows, counts: readonly RecordCount[]): IntegrationDetail {
  return {
    ...integrationView(rows),
    counts: Object.fromEntries(
      kindsOf(rows, counts).map((kind) => [kind, counts.find((count) => count.kind === kind)?.present ?? 0]),
    ),
    removed: Object.fromEntries(counts.filter((count) => count.removed > 0).map(({ kind, removed }) => [kind, removed])),
    streams: streamViews(rows),
    lastRun: rows.run === undefined ? null : runView(rows.run),
    openHolds: rows.openHolds,
  };
}

/** Kinds that are read, and those of which there is something from before: 0 must not be said of what nobody has looked for. */
function kindsOf(rows: IntegrationRows, counts: readonly RecordCount[]): readonly RecordKind[] {
  const read = new Set(streamViews(rows).map(({ kind }) => kind));
  return RECORD_KINDS.filter((kind) => read.has(kind) || counts.some((count) => count.kind === kind && count.present > 0));
}

function statusOf(rows: IntegrationRows): IntegrationStatus {
  const { run, openHolds } = rows;
  const rejected = new Map(run?.streamRuns.map((stream) => [stream.stream, stream.rejected]));
  const streams = streamViews(rows).map(({ name, state, unlistedCount, freshAt, error }) => ({
    name,
    everFresh: freshAt !== null,
    ...(error !== null && { reason: error.message }),
    // A stream that is being read although no full run is at work is read by a poll, and was complete before.
    fresh:
      (state === 'complete' || (state === 'reading' && freshAt !== null)) &&
      unlistedCount === 0 &&
      (rejected.get(name) ?? 0) === 0,
  }));
  const shown = pollHasFailedSince(rows) ? rows.poll : run;
  const facts = shown && { state: shown.state, resumeAt: shown.resumeAt?.toISOString(), error: shown.error ?? undefined };
  return integrationStatus({ run: facts, streams, openHolds });
}

/** A credential that was revoked at noon must not wait for the night's full run to be seen. */
function pollHasFailedSince({ integration, run, poll }: IntegrationRows): boolean {
  if (poll?.state !== 'failed') return false;
  // Polls that find nothing leave no row, only this time.
  const isOver = integration.polledAt !== null && poll.createdAt < integration.polledAt;
  const ended = run?.finishedAt ?? null;
  return !isOver && ended !== null && poll.createdAt > ended;
}

/**
 * In the connector's order; a stream that the connector no longer has, or the settings do not ask for, is left out; one that was
 * never read is `pending`.
 */
function streamViews({ integration, entry, freshness }: IntegrationRows): readonly StreamView[] {
  if (entry?.status !== 'available')
    return freshness.map((row) => streamView({ name: row.stream, kind: row.kind, requires: [] }, row));
  const byName = new Map(freshness.map((row) => [row.stream, row]));
  return entry.connector.streamsOf(integration.config).map((stream) => streamView(stream, byName.get(stream.name)));
}

function streamView(
  { name, kind, requires }: Pick<StreamInfo, 'name' | 'kind' | 'requires'>,
  row: StreamFreshness | undefined,
): StreamView {
  const unlisted = row?.unlisted ?? [];
  return {
    name,
    kind,
    requires,
    state: row?.status ?? 'pending',
    freshAt: row?.freshAt?.toISOString() ?? null,
    error: row?.error ?? null,
    unlisted: unlisted.slice(0, 10).map(({ partition, reason }) => ({ partition, reason })),
    unlistedCount: unlisted.length,
  };
}

/** Storage has taken the secrets out; here it is only said which ones there are. */
export function shownConfig({ config, secrets }: Integration): JsonObject {
  return secrets.reduce<JsonObject>((shown, { field, changedAt }) => {
    return withValue(shown, field.split('.'), { isSet: true, changedAt: changedAt.toISOString() });
  }, config);
}

function withValue(object: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  // `isArray` does not narrow readonly arrays away.
  return { ...object, [key]: withValue(isObject ? (inner as JsonObject) : {}, rest, value) };
}
