import { type ActivityUse, type RecordKind, recordFields } from '@castellan/connector-sdk';
import { type Queries, recordTable } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { type Need, type ReadNeed, readNeed } from '../check/need.js';
import type { ParameterValues } from '../check/parameter.js';
import { listsArea } from './setting-stream.js';
import { QUESTIONS, type QuestionName } from '../check/questions.js';
import { bindNames } from '../check/statement.js';
import { kindReasons, type Reason, streamReason, type StreamsQuestion } from './data-state.js';

const DAY_MS = 86_400_000;

type RememberedNeed = Exclude<ReadNeed, { type: 'use' | 'named' | 'named_field' | 'value' }>;

/** What is in the way of a check. */
export interface InTheWay {
  /** Nothing can be said. */
  readonly blocking: readonly Reason[];
  /** Not everything is seen: whoever is found is named, but nobody passes. */
  readonly narrowing: readonly Reason[];
}

/** What is in the way of a check, asked once for all checks of a look: many need the same. */
export class NeedReasons {
  private readonly known = new Map<string, Promise<readonly Reason[]>>();

  constructor(
    private readonly queries: Queries,
    private readonly integrationId: string,
    private readonly question: StreamsQuestion,
  ) {}

  async of(check: Check, parameters: ParameterValues): Promise<InTheWay> {
    const days = observedDays(check, parameters);
    const found = await this.reasonsFor(check.needs, parameters, days);
    return {
      blocking: found.filter(({ code }) => code !== 'partial'),
      narrowing: [
        ...found.filter(({ code }) => code === 'partial'),
        ...(await this.reasonsFor(check.seesMoreWith, parameters, days)),
      ],
    };
  }

  /** Of any list of needs. */
  async reasonsFor(needs: readonly Need[], parameters: ParameterValues = {}, days = 0): Promise<readonly Reason[]> {
    const reasons: Reason[] = [];
    for (const need of needs) {
      const read = readNeed(need);
      if (read.type === 'use') reasons.push(...(await this.useReasons(read.use, need, days)));
      else if (read.type === 'named') reasons.push(...(await this.namedReasons(read, need, parameters[read.parameter])));
      // Of which records a value is not said, the check itself finds out.
      else if (read.type !== 'named_field' && read.type !== 'value') reasons.push(...(await this.remembered(need, read)));
    }
    return reasons;
  }

  private remembered(need: string, read: RememberedNeed): Promise<readonly Reason[]> {
    let reasons = this.known.get(need);
    if (reasons === undefined) {
      reasons = this.read(need, read);
      this.known.set(need, reasons);
    }
    return reasons;
  }

  private async read(need: string, read: RememberedNeed): Promise<readonly Reason[]> {
    if (read.type === 'kind') return kindReasons(read.kind, need, this.question);
    if (read.type === 'field') return this.fieldReasons(read.kind, read.field, need);
    if (read.type === 'said') return this.saidReasons(read.question, need);
    if (read.type === 'counted') return this.countedReasons(need);
    if (read.type === 'surveyed') return this.surveyedReasons(need);
    return this.settingReasons(read.area, need);
  }

  /** A provider that never says it says nothing about anybody; where there is no record there is nobody to say it of. */
  private async fieldReasons(kind: RecordKind, field: string, about: string): Promise<readonly Reason[]> {
    const { table, column } = columnOf(kind, field);
    const [row] = await this.queries.query<{ readonly silent: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM "${table}" WHERE integration_id = $1 AND removed_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM "${table}" WHERE integration_id = $1 AND removed_at IS NULL AND "${column}" IS NOT NULL) AS silent`,
      [this.integrationId],
    );
    return row?.silent === true ? [{ code: 'not_said', about }] : [];
  }

  /** One that leaves it open is enough: it may be the one that matters. */
  private async saidReasons(question: QuestionName, about: string): Promise<readonly Reason[]> {
    const { sql, values } = bindNames(QUESTIONS[question].sql, this.integrationId, {});
    const [row] = await this.queries.query<{ readonly unsaid: boolean }>(sql, values);
    return row?.unsaid === true ? [{ code: 'not_said', about }] : [];
  }

  /** Some are shown to the mightiest administrators only, so that their list is whole and has not what the check is about. */
  private async namedReasons(
    { kind, field }: { readonly kind: RecordKind; readonly field: string },
    about: string,
    names: ParameterValues[string] | undefined,
  ): Promise<readonly Reason[]> {
    const { table, column } = columnOf(kind, field);
    const [row] = await this.queries.query<{ readonly seen: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM "${table}" WHERE integration_id = $1 AND removed_at IS NULL
         AND lower("${column}") IN (SELECT lower(n) FROM unnest($2::text[]) n)) AS seen`,
      [this.integrationId, names],
    );
    return row?.seen === true ? [] : [{ code: 'not_said', about }];
  }

  /** Areas are listed by streams of their own, and which one lists which is in the row. */
  private async settingReasons(area: string, about: string): Promise<readonly Reason[]> {
    const [row] = await this.queries.query<{ readonly stream: string }>(
      'SELECT stream FROM org_settings WHERE integration_id = $1 AND key = $2 AND removed_at IS NULL',
      [this.integrationId, area],
    );
    // Before it was read for the first time a stream is known by its name, which is that of the area.
    const wanted = row?.stream ?? area;
    const stream = this.question.offered.all.find((one) => listsArea(one, wanted));
    if (stream === undefined) return [{ code: 'not_offered', about }];
    const reason = streamReason(stream, about, this.question);
    if (reason !== undefined) return [reason];
    return row === undefined ? [{ code: 'not_said', about }] : [];
  }

  /** Counted after a run, and not with it. */
  private async countedReasons(about: string): Promise<readonly Reason[]> {
    const [row] = await this.queries.query<{ readonly isCounted: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM access_counted WHERE integration_id = $1 AND counted_at IS NOT NULL) AS "isCounted"',
      [this.integrationId],
    );
    return row?.isCounted === true ? [] : [{ code: 'not_counted', about }];
  }

  private async surveyedReasons(about: string): Promise<readonly Reason[]> {
    const [row] = await this.queries.query<{ readonly isThere: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM attack_surveys WHERE integration_id = $1 AND NOT is_broken) AS "isThere"',
      [this.integrationId],
    );
    return row?.isThere === true ? [] : [{ code: 'broken', about }];
  }

  private async useReasons(use: ActivityUse, about: string, days: number): Promise<readonly Reason[]> {
    const broken = kindReasons('activity', about, this.question);
    if (broken.length > 0) return broken;
    const [row] = await this.queries.query<{ readonly since: Date | null; readonly seen: boolean }>(
      `SELECT (SELECT since FROM usage_since WHERE integration_id = $1) AS since,
         EXISTS (SELECT 1 FROM usage_days WHERE integration_id = $1 AND "use" = $2) AS seen`,
      [this.integrationId, use],
    );
    const since = row?.since ?? null;
    if (row?.seen !== true || since === null) return [{ code: 'not_observed', about }];
    const enough = this.question.now.getTime() - since.getTime() >= days * DAY_MS;
    return enough ? [] : [{ code: 'not_observed', about, at: since.toISOString() }];
  }
}

function columnOf(kind: RecordKind, field: string): { readonly table: string; readonly column: string } {
  const { table, columns } = recordTable(kind);
  const column = columns.find(({ property }) => property === field);
  if (column === undefined) throw new Error(`${kind} has no field ${field}: ${recordFields(kind).length} others.`);
  return { table, column: column.column };
}

function observedDays({ observedDays: name }: Check, parameters: ParameterValues): number {
  const value = name === undefined ? 0 : parameters[name];
  return typeof value === 'number' ? value : 0;
}
