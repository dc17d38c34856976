import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../input/page-query.js';

export class RunsQuery extends PageQuery {
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'Must be true or false.' })
  readonly failed?: string;
}
