import { IsIn, IsOptional } from 'class-validator';
import { IfGiven } from '../input/if-given.js';
import { IsLabel } from '../input/is-label.js';
import { IsKey } from './access-query.js';
import { EXPORT_FORMATS, type ExportFormat } from '../exports/export-format.js';
import { IsCursor, IsLimit } from '../input/page-query.js';

export class AccessReviewInput {
  @IsKey('an application')
  readonly application!: string;

  /** What was found, or decided. */
  @IfGiven()
  @IsLabel(1_000)
  readonly note?: string;

  /** Default csv. */
  @IfGiven()
  @IsIn(EXPORT_FORMATS, { message: `Must be one of: ${EXPORT_FORMATS.join(', ')}.` })
  readonly format?: ExportFormat;
}

export class AccessReviewsQuery {
  @IsOptional()
  @IsKey('an application')
  readonly application?: string;

  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}
