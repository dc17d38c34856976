import { ACTION_STATES, type ActionPlanInput, type ActionState, MOST_DECIDED } from '@castellan/api';
import type { JsonObject } from '@castellan/connector-sdk';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsOptional,
  Matches,
} from 'class-validator';
import { IsLabel } from '../input/is-label.js';
import { IsReason } from '../input/is-reason.js';
import { PageQuery } from '../input/page-query.js';
import { UUID } from '../input/parameters.js';
import { invalidRequest } from '../problems/problem.js';

export class ActionPlanBody {
  /** One of those that the integration offers. */
  @IsLabel(100)
  readonly action!: string;

  /** As its form asks for it. */
  @IsDefined({ message: 'Is required: what the form of the action asks for, an object.' })
  readonly input: unknown;
}

export class ActionRequestBody extends ActionPlanBody {
  @Matches(UUID, { message: 'Must be the id of an integration.' })
  readonly integrationId!: string;

  /** Of the plan that was shown. */
  @IsOptional()
  @IsLabel(100)
  readonly fingerprint?: string;

  /** It was done already, in the provider's own console. */
  @IsOptional()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly byHand?: boolean;

  @IsOptional()
  @IsReason()
  readonly reason?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of a finding.' })
  readonly findingId?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of an incident.' })
  readonly incidentId?: string;

  /** The request that this takes back. */
  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of a request for an action.' })
  readonly undoOf?: string;

  /** The same for one wish, however often it is sent. */
  @IsOptional()
  @IsLabel(100)
  readonly wish?: string;
}

/** @throws Problem (400) where the input is nothing that can be kept; whether it is a good one the action itself judges. */
export function readWanted({ action, input }: ActionPlanBody): ActionPlanInput {
  return { action, input: readActionInput(input, 'input') };
}

/** @throws Problem (400) that names the field */
export function readActionInput(input: unknown, field: string): JsonObject {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  if (!isObject) throw invalidRequest([{ field, message: 'Must be an object: what the form of the action asks for.' }]);
  if (!isKeepable(input))
    throw invalidRequest([{ field, message: 'Must be without characters that are none: NUL, and halves of pairs.' }]);
  // It was JSON.
  return input as JsonObject;
}

/** The database takes neither, and no key of a provider has them. */
const UNKEEPABLE = /[\0\p{Cs}]/u;

/** Not by recursion: how deep it goes others decide. */
function isKeepable(input: object): boolean {
  const open: unknown[] = [input];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string' && UNKEEPABLE.test(one)) return false;
    if (typeof one === 'object' && one !== null) open.push(...Object.keys(one), ...Object.values(one));
  }
  return true;
}

export class DecisionsBody {
  @IsIn(['approve', 'reject'], { message: 'Must be approve or reject.' })
  readonly decision!: 'approve' | 'reject';

  @IsArray({ message: 'Must be a list of ids of requests.' })
  @ArrayMinSize(1, { message: 'Must name at least one.' })
  @ArrayMaxSize(MOST_DECIDED, { message: `Must be at most ${MOST_DECIDED}.` })
  @ArrayUnique({ message: 'Must name each once.' })
  @Matches(UUID, { each: true, message: 'Must be ids of requests.' })
  readonly requests!: readonly string[];
}

/** States that are looked for; `undone` is a state of what is shown. */
const SOUGHT = ACTION_STATES.filter((state): state is Exclude<ActionState, 'undone'> => state !== 'undone');

const BATCH_OR_NONE = new RegExp(`^none$|${UUID.source}`, UUID.flags);

export class ActionsQuery extends PageQuery {
  @IsOptional()
  @IsIn(SOUGHT, { message: `Must be one of: ${SOUGHT.join(', ')}.` })
  readonly state?: Exclude<ActionState, 'undone'>;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of an integration.' })
  readonly integration?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of a finding.' })
  readonly finding?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of an incident.' })
  readonly incident?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of a run of a playbook.' })
  readonly run?: string;

  @IsOptional()
  @Matches(BATCH_OR_NONE, { message: 'Must be the id of a batch, or none: what was asked for by itself.' })
  readonly batch?: string;
}
