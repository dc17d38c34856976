import { type IncidentChangeInput, VERDICTS, type Verdict } from '@castellan/api';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsIn, Matches } from 'class-validator';
import { AssignChange, CommentChange, requireOwner } from '../findings/change-parts.js';
import { InputPipe } from '../input/input-pipe.js';
import { IsReason } from '../input/is-reason.js';
import { UUID } from '../input/parameters.js';
import { invalidRequest } from '../problems/problem.js';

const MOST_IDS = 500;

export class IncidentsChangeBody {
  /** `{ do, … }`. */
  @IsDefined({ message: 'Is required: what is to be done, an object with `do`.' })
  readonly change: unknown;

  @IsArray({ message: 'Must be a list of ids of incidents.' })
  @ArrayMinSize(1, { message: 'Must name an incident at least.' })
  @ArrayMaxSize(MOST_IDS, { message: `Must name at most ${MOST_IDS} incidents.` })
  @Matches(UUID, { each: true, message: 'Must be ids of incidents, as GET /api/incidents lists them.' })
  readonly ids!: readonly string[];
}

class SimpleChange {
  @IsIn(['acknowledge', 'unacknowledge', 'reopen'])
  readonly do!: 'acknowledge' | 'unacknowledge' | 'reopen';
}

class CloseChange {
  @IsIn(['close'])
  readonly do!: 'close';

  @IsIn(VERDICTS, { message: `Must be one of: ${VERDICTS.join(', ')}.` })
  readonly verdict!: Verdict;

  @IsReason()
  readonly reason!: string;
}

const SIMPLE = new InputPipe(SimpleChange, 'change');
const PIPES = {
  acknowledge: SIMPLE,
  unacknowledge: SIMPLE,
  reopen: SIMPLE,
  close: new InputPipe(CloseChange, 'change'),
  assign: new InputPipe(AssignChange, 'change'),
  comment: new InputPipe(CommentChange, 'change'),
} as const;

/** @throws Problem (400) that names each wrong key. */
export async function readIncidentChange(value: unknown): Promise<IncidentChangeInput> {
  const what = typeof value === 'object' && value !== null && 'do' in value ? value.do : undefined;
  const pipe = Object.entries(PIPES).find(([name]) => name === what)?.[1];
  if (pipe === undefined)
    throw invalidRequest([{ field: 'change.do', message: `Must be one of: ${Object.keys(PIPES).join(', ')}.` }]);
  const input: IncidentChangeInput = await pipe.transform(value);
  if (input.do === 'close') return { ...input, reason: input.reason.trim() };
  if (input.do === 'assign') requireOwner(input.owner);
  return { ...input };
}
