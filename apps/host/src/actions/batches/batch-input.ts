import { ACTION_BATCH_STATES, type ActionBatchState, MOST_BATCHED } from '@castellan/api';
import type { JsonObject } from '@castellan/connector-sdk';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsIn, IsOptional, Matches } from 'class-validator';
import { InputPipe } from '../../input/input-pipe.js';
import { IsLabel } from '../../input/is-label.js';
import { IsReason } from '../../input/is-reason.js';
import { PageQuery } from '../../input/page-query.js';
import { UUID } from '../../input/parameters.js';
import { readActionInput } from '../action-input.js';

const FORM = 'what the form of the action asks for';
const MOST = { message: `Must be at most ${MOST_BATCHED}: make several batches.` };

export class BatchPlanBody {
  /** One of those that the integration offers. */
  @IsLabel(100)
  readonly action!: string;

  /** One for each object, as the form of the action asks for it. */
  @IsArray({ message: `Must be a list: for each object ${FORM}.` })
  @ArrayMinSize(1, { message: 'Must name at least one object.' })
  @ArrayMaxSize(MOST_BATCHED, MOST)
  readonly inputs!: readonly unknown[];
}

export class BatchBody {
  @Matches(UUID, { message: 'Must be the id of an integration.' })
  readonly integrationId!: string;

  /** One of those that the integration offers. */
  @IsLabel(100)
  readonly action!: string;

  /** Done in this order. */
  @IsArray({ message: 'Must be a list: for each object its `input` and the `fingerprint` of its plan.' })
  @ArrayMinSize(1, { message: 'Must name at least one object.' })
  @ArrayMaxSize(MOST_BATCHED, MOST)
  readonly items!: readonly unknown[];

  @IsOptional()
  @IsReason()
  readonly reason?: string;

  /** The same for one wish, however often it is sent. */
  @IsOptional()
  @IsLabel(100)
  readonly wish?: string;
}

export class BatchItemBody {
  @IsDefined({ message: `Is required: ${FORM}, an object.` })
  readonly input!: unknown;

  /** Of the plan that was shown. */
  @IsLabel(100)
  readonly fingerprint!: string;

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
}

export interface BatchItem extends BatchItemBody {
  readonly input: JsonObject;
}

/** @throws Problem (400) that names the item */
export async function readItems(items: readonly unknown[]): Promise<readonly BatchItem[]> {
  const read: BatchItem[] = [];
  for (const [index, item] of items.entries()) {
    const path = `items.${index}`;
    const body = await new InputPipe(BatchItemBody, path).transform(item);
    read.push({ ...body, input: readActionInput(body.input, `${path}.input`) });
  }
  return read;
}

export function readInputs(inputs: readonly unknown[]): readonly JsonObject[] {
  return inputs.map((input, index) => readActionInput(input, `inputs.${index}`));
}

export class BatchesQuery extends PageQuery {
  @IsOptional()
  @IsIn(ACTION_BATCH_STATES, { message: `Must be one of: ${ACTION_BATCH_STATES.join(', ')}.` })
  readonly state?: ActionBatchState;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of an integration.' })
  readonly integration?: string;
}
