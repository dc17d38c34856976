import { type BoundsView, type RuleSettingInput, SEVERITIES, type Severity } from '@castellan/api';
import { MOST_ENTRIES } from '@castellan/detection';
import type { NewRuleSetting } from '@castellan/storage';
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IfGiven } from '../input/if-given.js';
import { InputPipe } from '../input/input-pipe.js';
import { IsReason } from '../input/is-reason.js';
import { invalidRequest } from '../problems/problem.js';

export class RuleSettingBody {
  @IsBoolean({ message: 'Must be true or false.' })
  readonly enabled!: boolean;

  /** Instead of its own, whatever happens to whom. */
  @IsOptional()
  @IsIn(SEVERITIES, { message: `Must be one of: ${SEVERITIES.join(', ')}; or null: as the rule says.` })
  readonly level?: Severity | null;

  /** Of a correlation that compares a number: see Bounds. */
  @IfGiven()
  readonly bounds?: unknown;

  @IsOptional()
  @IsString({ message: 'Must be a time like 90m; or null: as the rule says.' })
  @MaxLength(20, { message: 'Must be a time like 90m; or null: as the rule says.' })
  readonly timespan?: string | null;

  /** Needed where it is off. */
  @IsOptional()
  @IsReason()
  readonly reason?: string | null;
}

const LEAST = `Must be a whole number from 1 to ${MOST_ENTRIES.toLocaleString('en')}.`;

class Bounds implements BoundsView {
  @IfGiven()
  @IsNumber({}, { message: 'Must be a number.' })
  readonly gt?: number;

  @IfGiven()
  @IsNumber({}, { message: 'Must be a number.' })
  readonly gte?: number;

  @IfGiven()
  @IsNumber({}, { message: 'Must be a number.' })
  readonly lt?: number;

  @IfGiven()
  @IsNumber({}, { message: 'Must be a number.' })
  readonly lte?: number;

  @IfGiven()
  @IsNumber({}, { message: 'Must be a number.' })
  readonly eq?: number;

  @IfGiven()
  @IsNumber({}, { message: 'Must be a number.' })
  readonly neq?: number;

  /** Of a ratio. */
  @IfGiven()
  @IsInt({ message: LEAST })
  @Min(1, { message: LEAST })
  @Max(MOST_ENTRIES, { message: LEAST })
  readonly least?: number;
}

const BOUNDS = new InputPipe(Bounds, 'bounds');

/** What the rule itself has to judge is left to it. @throws Problem (400) */
export async function readRuleSetting(body: RuleSettingBody): Promise<NewRuleSetting & Required<RuleSettingInput>> {
  const { enabled, level = null, timespan = null, reason = null } = body;
  if (!enabled && reason === null)
    throw invalidRequest([{ field: 'reason', message: 'Is required where the rule is off: why it does not matter here.' }]);
  return { enabled, level, bounds: await readBounds(body.bounds), timespan, reason: reason?.trim() ?? null };
}

async function readBounds(value: unknown): Promise<Readonly<Record<string, number>> | null> {
  if (value === undefined || value === null) return null;
  const given: BoundsView = await BOUNDS.transform(value);
  // A class has all of its fields, also those that were not given.
  const bounds: Record<string, number> = Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined));
  if (Object.keys(bounds).length > 0) return bounds;
  throw invalidRequest([{ field: 'bounds', message: 'Must have one of: gt, gte, lt, lte, eq, neq, least.' }]);
}
