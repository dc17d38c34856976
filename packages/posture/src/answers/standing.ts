import type { Severity } from '@castellan/api';
import type { StreamInfo, StreamSwitch } from '@castellan/connector-sdk';
import type { FindingStatus, Queries, SeverityNumber } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { severityOf } from '../check/severity.js';
import type { Reason } from '../evaluation/data-state.js';
import type { CheckStatus } from '../evaluation/evaluate.js';
import { readSettings, settingsOf, type StoredCheckSettings } from '../settings/check-settings.js';

/** What is known of a connector without connecting. */
export interface Provider {
  readonly displayName: string;
  readonly streams: readonly StreamInfo[];
  /** By stream: the setting by which people decide whether it is read. */
  readonly switches: ReadonlyMap<string, StreamSwitch>;
}

export interface PostureQuestion {
  readonly workspaceId: string;
  /** Left out: all of the workspace. */
  readonly integrationId?: string | undefined;
  readonly checks: readonly Check[];
  /** By connector id; one that is not installed is not there. */
  readonly providers: ReadonlyMap<string, Provider>;
}

export interface AskedIntegration {
  readonly id: string;
  readonly name: string;
  readonly connectorId: string;
}

/** What a check last said of an integration, with its findings of now. */
export interface StandingResult {
  readonly integration: AskedIntegration;
  readonly status: CheckStatus;
  readonly reasons: readonly Reason[];
  readonly open: number;
  /** Of those that are to be worked through; `null`: there is none. */
  readonly worst: SeverityNumber | null;
  readonly excepted: number;
  readonly examined: number;
  readonly evaluatedAt: Date;
  readonly since: Date;
}

/** How the integrations that were asked for stand, as all answers need it. */
export interface Standing {
  readonly integrations: readonly AskedIntegration[];
  readonly settings: ReadonlyMap<string, StoredCheckSettings>;
  /** By check: of those that are switched on, and that concern the provider. */
  readonly results: ReadonlyMap<string, readonly StandingResult[]>;
  /** Findings to be worked through, by severity; and those that are allowed for a time. */
  readonly open: Readonly<Record<Severity, number>>;
  readonly excepted: number;
}

interface ResultRow extends Omit<StandingResult, 'integration' | 'open' | 'worst' | 'excepted'> {
  readonly integrationId: string;
  readonly check: string;
}

interface CountRow {
  readonly integrationId: string;
  readonly rule: string;
  readonly status: Exclude<FindingStatus, 'resolved'>;
  readonly severity: SeverityNumber;
  readonly count: number;
}

export async function standing(
  queries: Queries,
  { workspaceId, integrationId, checks }: Omit<PostureQuestion, 'providers'>,
): Promise<Standing> {
  const integrations = await queries.query<AskedIntegration>(
    `SELECT id, name, connector_id AS "connectorId" FROM integrations
     WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY name, id`,
    [workspaceId, integrationId ?? null],
  );
  const ids = integrations.map(({ id }) => id);
  const settings = await readSettings(queries, workspaceId);
  const counts = await findingCounts(queries, workspaceId, ids, checks);
  const results = byCheck(await resultRows(queries, ids), counts, integrations);
  const shown = checks.filter((check) => settingsOf(settings, check).enabled);
  return {
    integrations,
    settings,
    results: new Map(shown.map((check) => [check.id, concerning(check, results.get(check.id) ?? [])])),
    open: openBySeverity(counts),
    excepted: sum(counts.filter(({ status }) => status === 'excepted')),
  };
}

/** What exists with one provider only says nothing of the others, neither good nor bad. */
function concerning({ only }: Check, results: readonly StandingResult[]): readonly StandingResult[] {
  return only === undefined ? results : results.filter(({ integration }) => integration.connectorId === only);
}

function resultRows(queries: Queries, ids: readonly string[]): Promise<ResultRow[]> {
  return queries.query<ResultRow>(
    `SELECT integration_id AS "integrationId", "check", status, reasons, examined, evaluated_at AS "evaluatedAt", since
     FROM check_results WHERE integration_id = ANY ($1::uuid[])`,
    [ids],
  );
}

/**
 * Of the checks that are there: what one that is gone has left says nothing any more. Asks for columns of `findings_standing` alone:
 * with any other one every row would be read.
 */
function findingCounts(
  queries: Queries,
  workspaceId: string,
  ids: readonly string[],
  checks: readonly Check[],
): Promise<CountRow[]> {
  return queries.query<CountRow>(
    `SELECT integration_id AS "integrationId", rule, status, severity, count(*)::integer AS count FROM findings
     WHERE workspace_id = $1 AND integration_id = ANY ($2::uuid[]) AND rule = ANY ($3::text[]) AND status <> 'resolved'
     GROUP BY 1, 2, 3, 4`,
    [workspaceId, ids, checks.map(({ id }) => id)],
  );
}

function byCheck(
  rows: readonly ResultRow[],
  counts: readonly CountRow[],
  integrations: readonly AskedIntegration[],
): ReadonlyMap<string, readonly StandingResult[]> {
  const places = new Map<string, CountRow[]>();
  for (const count of counts) {
    const place = `${count.integrationId} ${count.rule}`;
    places.set(place, [...(places.get(place) ?? []), count]);
  }
  const results = new Map<string, StandingResult[]>();
  for (const integration of integrations)
    for (const { integrationId, check, ...said } of rows) {
      if (integrationId !== integration.id) continue;
      const own = places.get(`${integrationId} ${check}`) ?? [];
      const toDo = own.filter(({ status }) => status !== 'excepted');
      const worst = toDo.map(({ severity }) => severity).toSorted((one, other) => other - one)[0] ?? null;
      const counted = { open: sum(toDo), worst, excepted: sum(own) - sum(toDo) };
      results.set(check, [...(results.get(check) ?? []), { integration, ...said, ...counted }]);
    }
  return results;
}

function openBySeverity(counts: readonly CountRow[]): Readonly<Record<Severity, number>> {
  const open = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const { status, severity, count } of counts) if (status !== 'excepted') open[severityOf(severity)] += count;
  return open;
}

function sum(rows: readonly { readonly count: number }[]): number {
  let total = 0;
  for (const { count } of rows) total += count;
  return total;
}
