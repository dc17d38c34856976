import { FINDING_SOURCES, type FindingSource, POSTURE_AREAS, type PostureArea } from '@castellan/api';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { IsTextOrTexts } from '../input/is-text-or-texts.js';
import { IsCursor, IsLimit } from '../input/page-query.js';

/** Which findings; the same for a page, a file and a change. */
export class FindingsConditions {
  @IsOptional()
  @Matches(/^[^\0\p{Cs}]{1,100}$/u, { message: 'Must be the id of an integration. Left out: all of the workspace.' })
  readonly integration?: string;

  @IsOptional()
  @IsIn(FINDING_SOURCES, { message: `Must be one of: ${FINDING_SOURCES.join(', ')}.` })
  readonly source?: FindingSource;

  @IsOptional()
  @IsTextOrTexts(
    200,
    200,
    'Must be the id of a check or a rule, as GET /api/posture/checks and GET /api/detection/rules list them; at most 200 of them.',
  )
  readonly rule?: string | readonly string[];

  @IsOptional()
  @IsIn(POSTURE_AREAS, { message: `Must be an area of checks: ${POSTURE_AREAS.join(', ')}.` })
  readonly area?: PostureArea;

  @IsOptional()
  @Matches(/^[^\p{Cc}\p{Cs}]{1,200}$/u, {
    message: 'Must be words of the title or the id of a check or a rule, at most 200 characters.',
  })
  readonly q?: string;

  @IsOptional()
  @IsTextOrTexts(4, 20, 'Must be a status, once or several times. Left out: open and acknowledged.')
  readonly status?: string | readonly string[];

  @IsOptional()
  @IsTextOrTexts(5, 20, 'Must be a severity, once or several times.')
  readonly severity?: string | readonly string[];

  @IsOptional()
  @Matches(/^[a-z_]{1,40}:[^\0\p{Cs}]{1,2500}$/u, {
    message: 'Must be kind:key, like account:00u1, or organisation:organisation.',
  })
  readonly subject?: string;

  @IsOptional()
  @Matches(/^[^\0\p{Cs}]{1,100}$/u, { message: 'Must be the id of a user, me, or none.' })
  readonly owner?: string;
}

export const FINDING_SORTS = ['worst', 'newest'] as const;

export class FindingsQuery extends FindingsConditions {
  @IsOptional()
  @IsIn(FINDING_SORTS, { message: `Must be one of: ${FINDING_SORTS.join(', ')}.` })
  readonly sort?: (typeof FINDING_SORTS)[number];

  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}
