import { DELIVERY_STATES, type DeliveryState } from '@castellan/storage';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../input/page-query.js';

export class DeliveriesQuery extends PageQuery {
  @IsOptional()
  @IsIn(DELIVERY_STATES, { message: `Must be one of: ${DELIVERY_STATES.join(', ')}.` })
  readonly state?: DeliveryState;
}
