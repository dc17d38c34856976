import type { IntegrationDetail, IntegrationStatus, IntegrationView, ScheduleView, StreamView } from '@castellan/api';
import { type JsonObject, RECORD_KINDS } from '@castellan/connector-sdk';
import type { Integration, Run } from '@castellan/storage';
import { runView } from '../runs/run-views.js';
import { freshnessOf } from './freshness.js';
import { statusOf } from './status-facts.js';
import { freshStreams, type IntegrationRows, type ShownRows, streamViews } from './stream-views.js';
import { withValue } from './with-value.js';

export function integrationView(rows: ShownRows): IntegrationView {
  const { integration, entry } = rows;
  const available = entry?.status === 'available';
  return {
    id: integration.id,
    connector: {
      id: integration.connectorId,
      name: available ? entry.connector.displayName : integration.connectorId,
      status: available ? 'available' : 'unavailable',
    },
    tenant: integration.tenantId,
    ...shownSettings(integration),
    revision: integration.configRevision,
    status: statusOf(rows, streamViews(rows)),
    paused: integration.paused,
    nextRunAt: integration.paused ? null : integration.nextRunAt.toISOString(),
    polledAt: integration.polledAt?.toISOString() ?? null,
    counts: shownCounts(rows),
    freshness: freshnessOf({
      streams: freshStreams(rows),
      polledAt: integration.polledAt,
      pollSeconds: integration.pollSeconds ?? rows.hostPollSeconds,
      scheduleSeconds: integration.scheduleSeconds,
    }),
    createdAt: integration.createdAt.toISOString(),
  };
}

/** How an integration and its streams stand, and no more. */
export interface IntegrationOverview {
  readonly id: string;
  readonly name: string;
  readonly status: IntegrationStatus;
  readonly streams: readonly StreamView[];
}

export function integrationOverview(rows: IntegrationRows): IntegrationOverview {
  const { id, name } = rows.integration;
  const streams = streamViews(rows);
  return { id, name, status: statusOf(rows, streams), streams };
}

/** What a person has set, as everybody may see it: in answers, and in the audit log before and after a change. */
export function shownSettings(
  integration: Integration,
): Pick<IntegrationView, 'name' | 'owner' | 'config'> & { readonly schedule: ScheduleView } {
  const { name, owner, scheduleSeconds, pollSeconds } = integration;
  return { name, owner, config: shownConfig(integration), schedule: { everySeconds: scheduleSeconds, pollSeconds } };
}

export function integrationDetail(rows: ShownRows, lastRun: Run | undefined): IntegrationDetail {
  return {
    ...integrationView(rows),
    removed: Object.fromEntries(rows.counts.filter((count) => count.removed > 0).map(({ kind, removed }) => [kind, removed])),
    streams: streamViews(rows),
    lastRun: lastRun === undefined ? null : runView(lastRun),
    openHolds: rows.facts.openHolds,
  };
}

/** Of kinds that are read, and those of which there is something from before: 0 must not be said of what nobody has looked for. */
function shownCounts(rows: ShownRows): IntegrationView['counts'] {
  const read = new Set(streamViews(rows).map(({ kind }) => kind));
  const present = new Map(rows.counts.map((count) => [count.kind, count.present]));
  const shown = RECORD_KINDS.filter((kind) => read.has(kind) || (present.get(kind) ?? 0) > 0);
  return Object.fromEntries(shown.map((kind) => [kind, present.get(kind) ?? 0]));
}

/** Storage has taken the secrets out; here it is only said which ones there are. */
function shownConfig({ config, secrets }: Integration): JsonObject {
  return secrets.reduce<JsonObject>((shown, { field, changedAt }) => {
    return withValue(shown, field, { isSet: true, changedAt: changedAt.toISOString() });
  }, config);
}
