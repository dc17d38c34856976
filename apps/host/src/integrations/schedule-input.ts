import { IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';
import { InputPipe } from '../input/input-pipe.js';

const DAY_SECONDS = 86_400;

export class ScheduleInput {
  /** How often everything is listed. `null`: once a day. */
  @IsOptional()
  @IsInt({ message: 'Must be a whole number of seconds.' })
  @Min(15 * 60, { message: 'Must be at least 900 seconds (15 minutes).' })
  @Max(30 * DAY_SECONDS, { message: 'Must be at most 2592000 seconds (30 days).' })
  readonly everySeconds?: number | null;

  /** How often the log is read for changes. 0: never. `null`: as often as the host does it for all. */
  @IsOptional()
  @IsInt({ message: "Must be a whole number of seconds, 0 for never, or null for the host's own rhythm." })
  @ValidateIf((_, value: unknown) => value !== 0)
  @Min(10, { message: 'Must be at least 10 seconds, or 0 for never.' })
  @Max(DAY_SECONDS, { message: 'Must be at most 86400 seconds (a day), or 0 for never.' })
  readonly pollSeconds?: number | null;
}

const PIPE = new InputPipe(ScheduleInput, 'schedule');

export interface ScheduleChanges {
  readonly scheduleSeconds?: number;
  readonly pollSeconds?: number | null;
}

/** @throws Problem (400) that names each wrong key. */
export async function readSchedule(value: unknown): Promise<ScheduleChanges> {
  if (value === undefined) return {};
  const { everySeconds, pollSeconds } = await PIPE.transform(value);
  return {
    ...(everySeconds !== undefined && { scheduleSeconds: everySeconds ?? DAY_SECONDS }),
    ...(pollSeconds !== undefined && { pollSeconds }),
  };
}
