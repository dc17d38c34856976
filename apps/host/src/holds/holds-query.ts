import { HOLD_STATES, type HoldState } from '@castellan/storage';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../input/page-query.js';

export class HoldsQuery extends PageQuery {
  @IsOptional()
  @IsIn(HOLD_STATES, { message: `Must be one of: ${HOLD_STATES.join(', ')}.` })
  readonly state?: HoldState;
}
