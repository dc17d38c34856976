import type { FindingChangeInput } from '@castellan/api';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { IfGiven } from '../input/if-given.js';
import { InputPipe } from '../input/input-pipe.js';
import { readInstant } from '../input/instant.js';
import { IsReason } from '../input/is-reason.js';
import { UUID } from '../input/parameters.js';
import { invalidRequest } from '../problems/problem.js';
import { AssignChange, CommentChange, requireOwner } from './change-parts.js';

const MOST_IDS = 1_000;
/** Longer than that is no exception. */
const MOST_YEARS = 2;

export class FindingsChangeBody {
  /** `{ do, … }`, see ChangeBody. */
  @IsDefined({ message: 'Is required: what is to be done, an object with `do`.' })
  readonly change: unknown;

  /** These findings; or `where`. */
  @IfGiven()
  @IsArray({ message: 'Must be a list of ids of findings.' })
  @ArrayMinSize(1, { message: 'Must name a finding at least.' })
  @ArrayMaxSize(MOST_IDS, { message: `Must name at most ${MOST_IDS} findings: take \`where\` for more.` })
  @Matches(UUID, { each: true, message: 'Must be ids of findings, as GET /api/findings lists them.' })
  readonly ids?: readonly string[];

  /** All that match, by the same names as in GET /api/findings. */
  @IfGiven()
  readonly where?: unknown;
}

class SimpleChange {
  @IsIn(['acknowledge', 'unacknowledge', 'end_exception'])
  readonly do!: 'acknowledge' | 'unacknowledge' | 'end_exception';
}

class ExceptChange {
  @IsIn(['except'])
  readonly do!: 'except';

  @IsString({ message: 'Must be an instant, like 2027-02-01T00:00:00Z.' })
  @MaxLength(40, { message: 'Must be an instant, like 2027-02-01T00:00:00Z.' })
  readonly until!: string;

  @IsReason()
  readonly reason!: string;
}

const SIMPLE = new InputPipe(SimpleChange, 'change');
const PIPES = {
  acknowledge: SIMPLE,
  unacknowledge: SIMPLE,
  end_exception: SIMPLE,
  except: new InputPipe(ExceptChange, 'change'),
  assign: new InputPipe(AssignChange, 'change'),
  comment: new InputPipe(CommentChange, 'change'),
} as const;

/** @throws Problem (400) that names each wrong key. */
export async function readChange(value: unknown): Promise<FindingChangeInput> {
  const what = typeof value === 'object' && value !== null && 'do' in value ? value.do : undefined;
  const pipe = Object.entries(PIPES).find(([name]) => name === what)?.[1];
  if (pipe === undefined)
    throw invalidRequest([{ field: 'change.do', message: `Must be one of: ${Object.keys(PIPES).join(', ')}.` }]);
  const input: FindingChangeInput = await pipe.transform(value);
  if (input.do === 'except') return { ...input, until: readUntil(input.until), reason: input.reason.trim() };
  if (input.do === 'assign') requireOwner(input.owner);
  return { ...input };
}

function readUntil(text: string): string {
  const until = readInstant('change.until', text);
  const latest = new Date();
  latest.setUTCFullYear(latest.getUTCFullYear() + MOST_YEARS);
  const at = new Date(until).getTime();
  if (at > Date.now() && at <= latest.getTime()) return until;
  const message =
    at > Date.now()
      ? `Must be at most ${MOST_YEARS} years from now: what is allowed for ever is no exception, switch the check off for it.`
      : 'Must lie in the future.';
  throw invalidRequest([{ field: 'change.until', message }]);
}
