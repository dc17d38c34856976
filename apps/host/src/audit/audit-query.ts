import { IsOptional, Matches } from 'class-validator';
import { PageQuery } from '../input/page-query.js';

/** Neither empty nor endless; and the database takes no NUL. */
const TEXT = /^[^\0]{1,200}$/u;

export class AuditQuery extends PageQuery {
  @IsOptional()
  @Matches(TEXT, { message: 'Must be the name of an action, e.g. integration.create.' })
  readonly action?: string;

  @IsOptional()
  @Matches(TEXT, { message: 'Must be the id of a user or of an API key.' })
  readonly actor?: string;

  @IsOptional()
  @Matches(TEXT, { message: 'Must be the id of what something was done to.' })
  readonly target?: string;
}
