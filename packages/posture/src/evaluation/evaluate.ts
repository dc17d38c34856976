import { isDeepStrictEqual } from 'node:util';
import { type Queries, settleFindings, type StreamFreshness } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { kindsOf, needsCounts } from '../check/need.js';
import type { ParameterValues } from '../check/parameter.js';
import { POPULATIONS } from '../check/population.js';
import { severitySql } from '../check/severity.js';
import { bindNames } from '../check/statement.js';
import type { OfferedStreams, Reason } from './data-state.js';
import { type InTheWay, NeedReasons } from './need-reasons.js';
import { reasonsBefore, saveResult } from './results.js';
import { type Changes, TouchedSubjects } from './touched-subjects.js';
import { formerAmong, type Undecided, undecidedOf, withFormer, withoutUndecided } from './undecided.js';

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
  /** Only checks that one of these kinds matters to, or whose data is there again, or no more; left out: all. */
  readonly changed?: Changes;
  readonly now?: Date;
  readonly signal?: AbortSignal;
  /** After each check. */
  readonly onChecked?: (checked: CheckedOne) => void;
  /** What a check has thrown; its answer is unknown then. */
  readonly onBroken?: (check: string, cause: unknown) => void;
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

/** Of one check in a large organisation: a hundred times what it should take. */
const MOST_MS = 120_000;
/** Checks at a time, each in a transaction of its own: one works while the database writes what the other has found. */
const AT_ONCE = 2;

/** Looks at an organisation with each of the checks. A check that fails by itself does not stop the others. */
export async function evaluate(where: Evaluating, request: EvaluationRequest): Promise<readonly CheckedOne[]> {
  const { integrationId, offered, scheduleSeconds, changed, signal, now = new Date() } = request;
  const states = new Map(request.states.map((state) => [state.stream, state]));
  const needs = new NeedReasons(where.queries, integrationId, { offered, states, scheduleSeconds, now });
  const before =
    changed === undefined ? new Map<string, readonly Reason[]>() : await reasonsBefore(where.queries, integrationId);
  const touched = changed && new TouchedSubjects(where.queries, integrationId, changed);
  const examined = new Map<string, number>();
  const lookWith = async ({ check, parameters }: EvaluationRequest['checks'][number]): Promise<CheckedOne | undefined> => {
    const inTheWay = await inTheWayOf(request, needs, check, parameters);
    const kinds = kindsOf([...check.needs, ...check.seesMoreWith]);
    const known = before.get(check.id);
    const isAsBefore = isDeepStrictEqual(allOf(inTheWay), known && withoutUndecided(known));
    const isCounted = changed?.counted === true && needsCounts([...check.needs, ...check.seesMoreWith]);
    const isTouched = changed === undefined || isCounted || [...kinds].some((kind) => changed.kinds.has(kind));
    if (!isTouched && isAsBefore) return undefined;
    // What was not seen before is looked at as a whole.
    const only = isAsBefore ? await touched?.of(check) : undefined;
    return checkOne(where, request, { check, parameters, inTheWay, examined, only });
  };
  const done: (CheckedOne | undefined)[] = [];
  const left = [...request.checks.entries()];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      signal?.throwIfAborted();
      const [place, asked] = next;
      const one = await lookWith(asked);
      done[place] = one;
      if (one !== undefined) request.onChecked?.(one);
    }
  };
  // Both have ended before anybody hears of it: who closes the database after a failure must not close it under the other.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return done.filter((one) => one !== undefined);
}

async function checkOne(
  where: Evaluating,
  request: EvaluationRequest,
  { check, parameters, inTheWay, examined: counted, only }: OneCheck,
): Promise<CheckedOne> {
  const began = performance.now();
  const finish = async (said: Said): Promise<CheckedOne> => {
    const tookMs = Math.round(performance.now() - began);
    const findings = await saveResult(where.queries, { ...request, check: check.id, parameters }, { ...said, tookMs });
    return { check: check.id, ...said, findings, tookMs };
  };
  // What it found before stays as it is: nothing says that it is gone.
  const unknown = (because: readonly Reason[]) => finish({ status: 'unknown', reasons: because, findings: null, examined: 0 });
  if (inTheWay.blocking.length > 0) return unknown(allOf(inTheWay));
  try {
    return await where.transaction(async () => {
      // Of this transaction alone: what is sorted or hashed for a large organisation should not go through the disk.
      await where.queries.query(`SET LOCAL work_mem = '64MB'`);
      await where.queries.query(`SET LOCAL statement_timeout = ${MOST_MS}`);
      const { queries } = where;
      const { integrationId } = request;
      const undecided = await undecidedOf(queries, integrationId, check, parameters);
      const reasons = [...inTheWay.narrowing, ...undecided.reasons];
      const complete = inTheWay.narrowing.length === 0 && !undecided.isAnybody;
      const { found } = await settle(queries, request, { check, parameters, complete, only, undecided });
      const former = await formerAmong(queries, integrationId, check, undecided);
      const examined = await examinedBy(queries, integrationId, check, parameters, counted);
      const passed = reasons.length === 0 ? 'passed' : 'unknown';
      const status = found > former ? 'failed' : passed;
      return finish({ status, reasons, findings: found, examined: Math.max(examined, found) });
    });
  } catch (cause) {
    request.onBroken?.(check.id, cause);
    // Where the database itself is away this fails too, and the look ends.
    return unknown([{ code: 'broken', about: check.id }]);
  }
}

interface OneCheck {
  readonly check: Check;
  readonly parameters: ParameterValues;
  readonly inTheWay: InTheWay;
  /** How many there are of what this look has counted. */
  readonly examined: Map<string, number>;
  /** Subjects to look at; `undefined`: all. */
  readonly only: readonly string[] | undefined;
}

interface Settling extends Pick<OneCheck, 'check' | 'parameters' | 'only'> {
  readonly complete: boolean;
  readonly undecided: Undecided;
}

interface Said {
  readonly status: CheckStatus;
  readonly reasons: readonly Reason[];
  /** `null`: as many as before. */
  readonly findings: number | null;
  readonly examined: number;
}

function allOf({ blocking, narrowing }: InTheWay): readonly Reason[] {
  return [...blocking, ...narrowing];
}

async function inTheWayOf(
  request: EvaluationRequest,
  needs: NeedReasons,
  check: Check,
  parameters: ParameterValues,
): Promise<InTheWay> {
  if (check.only !== undefined && check.only !== request.connectorId)
    return { blocking: [{ code: 'not_offered', about: check.only }], narrowing: [] };
  return needs.of(check, parameters);
}

function settle(
  queries: Queries,
  { workspaceId, integrationId }: EvaluationRequest,
  { check, parameters, complete, only, undecided }: Settling,
): ReturnType<typeof settleFindings> {
  const { sql, values } = bindNames(check.sql, integrationId, parameters);
  const severity = severitySql(check.severity, check.context, 'f.evidence');
  const found = `SELECT f.key, f.evidence, ${severity} AS severity FROM (${sql}) f`;
  const isDecided = undecided.keys.length === 0;
  const places = [1, 2, 3].map((n) => values.length + n) as [number, number, number]; // of three
  return settleFindings(queries, {
    workspaceId,
    integrationId,
    source: 'posture',
    rule: check.id,
    subjectKind: check.subject,
    sql: isDecided ? found : withFormer(found, places),
    values: isDecided ? values : [...values, integrationId, check.id, undecided.keys],
    complete,
    only,
  });
}

async function examinedBy(
  queries: Queries,
  integrationId: string,
  { population }: Check,
  parameters: ParameterValues,
  counted: Map<string, number>,
): Promise<number> {
  const { sql, values } = bindNames(POPULATIONS[population].sql, integrationId, parameters);
  // Many checks look at the same ones.
  const id = JSON.stringify([population, values]);
  const known = counted.get(id);
  if (known !== undefined) return known;
  const [row] = await queries.query<{ readonly count: number }>(sql, values);
  counted.set(id, row?.count ?? 0);
  return row?.count ?? 0;
}
