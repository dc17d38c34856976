import type { CheckDetail, CheckParameter, CheckSettings } from '@castellan/api';
import type { StreamInfo } from '@castellan/connector-sdk';
import type { Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { kindsOf, type Need, readNeed } from '../check/need.js';
import { listsArea } from '../evaluation/setting-stream.js';
import { settingsOf, type StoredCheckSettings, valuesOf } from '../settings/check-settings.js';
import { checkView } from './check-views.js';
import { type PostureQuestion, type Provider, type Standing, standing } from './standing.js';

/** All that is known of one check. */
export async function checkDetail(
  queries: Queries,
  question: Omit<PostureQuestion, 'checks'>,
  check: Check,
): Promise<CheckDetail> {
  const stand = await standing(queries, { ...question, checks: [check] });
  const settings = settingsOf(stand.settings, check);
  const connected = new Set(stand.integrations.map(({ connectorId }) => connectorId));
  const providers = new Map([...question.providers].filter(([id]) => connected.has(id)));
  const areas = await settingStreams(queries, stand, check);
  return {
    ...checkView(check, stand, question.providers),
    fix: check.fix,
    console: consoleSteps(check, providers),
    action: check.action,
    severityRules: check.context.map(({ to, because }) => ({ to, because })),
    parameters: parameterViews(check, settings),
    settings: settingsView(settings),
    needs: check.needs.map((need) => {
      const streams = streamsFor(need, providers, areas);
      const scopes = new Set(streams.flatMap(({ requires }) => requires));
      return { about: need, streams: [...new Set(streams.map(({ name }) => name))], scopes: [...scopes] };
    }),
    only: check.only ?? null,
  };
}

function consoleSteps({ console }: Check, providers: ReadonlyMap<string, Provider>): CheckDetail['console'] {
  return Object.entries(console).flatMap(([connector, steps]) => (providers.has(connector) ? [{ connector, steps }] : []));
}

function parameterViews(check: Check, settings: StoredCheckSettings): readonly CheckParameter[] {
  const values = valuesOf(check, settings);
  return Object.entries(check.parameters).map(([name, parameter]) => {
    const { type, title, default: byDefault } = parameter;
    const bounds = parameter.type === 'texts' ? { min: null, max: null } : { min: parameter.min, max: parameter.max };
    return { name, title, type, default: byDefault, value: values[name] ?? byDefault, ...bounds };
  });
}

function settingsView({ enabled, reason, changedBy, changedAt }: StoredCheckSettings): CheckSettings {
  return { enabled, reason, changedBy: changedBy?.name ?? null, changedAt: changedAt?.toISOString() ?? null };
}

/** Which stream lists an area of the settings is in its row: each may have one of its own. */
async function settingStreams(
  queries: Queries,
  { integrations }: Standing,
  check: Check,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const areas = check.needs.map(readNeed).flatMap((need) => (need.type === 'setting' ? [need.area] : []));
  const streams = new Map<string, Set<string>>();
  if (areas.length === 0) return streams;
  const rows = await queries.query<{ readonly area: string; readonly stream: string }>(
    `SELECT DISTINCT key AS area, stream FROM org_settings WHERE integration_id = ANY ($1::uuid[]) AND key = ANY ($2::text[])`,
    [integrations.map(({ id }) => id), areas],
  );
  for (const { area, stream } of rows) streams.set(area, (streams.get(area) ?? new Set()).add(stream));
  return streams;
}

function streamsFor(
  need: Need,
  providers: ReadonlyMap<string, Provider>,
  areas: ReadonlyMap<string, ReadonlySet<string>>,
): readonly StreamInfo[] {
  const read = readNeed(need);
  const all = [...providers.values()].flatMap(({ streams }) => streams);
  const area = read.type === 'setting' || read.type === 'value' ? read.area : undefined;
  if (area !== undefined) {
    const known = areas.get(area) ?? new Set([area]);
    return all.filter((stream) => [...known].some((name) => listsArea(stream, name)));
  }
  const kinds = kindsOf([need]);
  return all.filter((stream) => kinds.has(stream.kind));
}
