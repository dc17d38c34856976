import type { RecordKind } from '@castellan/connector-sdk';
import { type Queries, settleFindings, type StreamFreshness } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { kindsOf } from '../check/need.js';
import type { ParameterValues } from '../check/parameter.js';
import { POPULATIONS } from '../check/population.js';
import { severitySql } from '../check/severity.js';
import { bindNames } from '../check/statement.js';
import type { OfferedStreams, Reason } from './data-state.js';
import { NeedReasons } from './need-reasons.js';
import { saveResult } from './results.js';

/** Where a look reads and writes: each check in a transaction of its own, so that nobody waits for all of them. */
export interface Evaluating {
  readonly queries: Queries;
  transaction<T>(work: () => Promise<T>): Promise<T>;
}

export interface EvaluationRequest {
  readonly workspaceId: string;
  readonly integrationId: string;
  readonly connectorId: string;
  readonly scheduleSeconds: number;
  readonly offered: OfferedStreams;
  readonly states: readonly StreamFreshness[];
  /** Checks that are switched on, with the values that they are to use. */
  readonly checks: readonly { readonly check: Check; readonly parameters: ParameterValues }[];
  /** Only checks that one of these kinds matters to; left out: all. */
  readonly changed?: ReadonlySet<RecordKind>;
  readonly now?: Date;
  readonly signal?: AbortSignal;
  /** After each check. */
  readonly onChecked?: (checked: CheckedOne) => void;
}

export type CheckStatus = 'failed' | 'passed' | 'unknown';

export interface CheckedOne {
  readonly check: string;
  readonly status: CheckStatus;
  readonly reasons: readonly Reason[];
  readonly findings: number;
  readonly examined: number;
  readonly tookMs: number;
}

/** Looks at an organisation with each of the checks. A check that fails by itself does not stop the others. */
export async function evaluate(where: Evaluating, request: EvaluationRequest): Promise<readonly CheckedOne[]> {
  const { integrationId, offered, scheduleSeconds, changed, signal, now = new Date() } = request;
  const states = new Map(request.states.map((state) => [state.stream, state]));
  const needs = new NeedReasons(where.queries, integrationId, { offered, states, scheduleSeconds, now });
  const done: CheckedOne[] = [];
  for (const { check, parameters } of request.checks) {
    signal?.throwIfAborted();
    if (changed !== undefined && ![...kindsOf(check.needs)].some((kind) => changed.has(kind))) continue;
    const one = await checkOne(where, request, needs, check, parameters);
    done.push(one);
    request.onChecked?.(one);
  }
  return done;
}

async function checkOne(
  where: Evaluating,
  request: EvaluationRequest,
  needs: NeedReasons,
  check: Check,
  parameters: ParameterValues,
): Promise<CheckedOne> {
  const began = performance.now();
  const reasons = await reasonsOf(request, needs, check, parameters);
  const isPartial = reasons.every(({ code }) => code === 'partial');
  const finish = async (status: CheckStatus, findings: number | null, examined: number): Promise<CheckedOne> => {
    const tookMs = Math.round(performance.now() - began);
    const saved = await saveResult(
      where.queries,
      { ...request, check: check.id, parameters },
      { status, reasons, findings, examined, tookMs },
    );
    return { check: check.id, status, reasons, examined, findings: saved, tookMs };
  };
  // What it found before stays as it is: nothing says that it is gone.
  if (!isPartial) return finish('unknown', null, 0);
  return where.transaction(async () => {
    // Of this transaction alone: what is sorted or hashed for a large organisation should not go through the disk.
    await where.queries.query(`SET LOCAL work_mem = '64MB'`);
    const { found } = await settle(where.queries, request, check, parameters, reasons.length === 0);
    const examined = await examinedBy(where.queries, request.integrationId, check, parameters);
    const passed = reasons.length === 0 ? 'passed' : 'unknown';
    return finish(found > 0 ? 'failed' : passed, found, Math.max(examined, found));
  });
}

async function reasonsOf(
  request: EvaluationRequest,
  needs: NeedReasons,
  check: Check,
  parameters: ParameterValues,
): Promise<readonly Reason[]> {
  if (check.only !== undefined && check.only !== request.connectorId) return [{ code: 'not_offered', about: check.only }];
  return needs.of(check, parameters);
}

function settle(
  queries: Queries,
  { workspaceId, integrationId }: EvaluationRequest,
  check: Check,
  parameters: ParameterValues,
  complete: boolean,
): ReturnType<typeof settleFindings> {
  const { sql, values } = bindNames(check.sql, integrationId, parameters);
  const severity = severitySql(check.severity, check.context, 'f.evidence');
  return settleFindings(queries, {
    workspaceId,
    integrationId,
    source: 'posture',
    rule: check.id,
    subjectKind: check.subject,
    sql: `SELECT f.key, f.evidence, ${severity} AS severity FROM (${sql}) f`,
    values,
    complete,
  });
}

async function examinedBy(
  queries: Queries,
  integrationId: string,
  { population }: Check,
  parameters: ParameterValues,
): Promise<number> {
  const { sql, values } = bindNames(POPULATIONS[population].sql, integrationId, parameters);
  const [row] = await queries.query<{ readonly count: number }>(sql, values);
  return row?.count ?? 0;
}
