import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../input/page-query.js';

export class RecordsQuery extends PageQuery {
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'Must be true or false.' })
  readonly includeRemoved?: string;
}
