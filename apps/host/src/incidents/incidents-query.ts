import { IsIn, IsOptional, Matches } from 'class-validator';
import { IsTextOrTexts } from '../input/is-text-or-texts.js';
import { IsCursor, IsLimit } from '../input/page-query.js';

/** Which incidents. */
export class IncidentsConditions {
  @IsOptional()
  @Matches(/^[^\0\p{Cs}]{1,100}$/u, { message: 'Must be the id of an integration. Left out: all of the workspace.' })
  readonly integration?: string;

  @IsOptional()
  @IsTextOrTexts(3, 20, 'Must be a status, once or several times. Left out: open and acknowledged.')
  readonly status?: string | readonly string[];

  @IsOptional()
  @IsTextOrTexts(5, 20, 'Must be a severity, once or several times.')
  readonly severity?: string | readonly string[];

  @IsOptional()
  @Matches(/^[^\p{Cc}\p{Cs}]{1,200}$/u, {
    message:
      'Must be words of the name or login of somebody in it, of an address, or of the title or a technique of a rule, at most 200 characters.',
  })
  readonly q?: string;

  @IsOptional()
  @Matches(/^(account|address|organisation):[^\0\p{Cs}]{1,2500}$/u, {
    message: 'Must be kind:key, like account:00u1, address:192.0.2.1, or organisation:organisation.',
  })
  readonly subject?: string;

  @IsOptional()
  @Matches(/^[^\0\p{Cs}]{1,100}$/u, { message: 'Must be the id of a user, me, or none.' })
  readonly owner?: string;
}

export const INCIDENT_SORTS = ['worst', 'newest'] as const;

export class IncidentsQuery extends IncidentsConditions {
  @IsOptional()
  @IsIn(INCIDENT_SORTS, { message: `Must be one of: ${INCIDENT_SORTS.join(', ')}.` })
  readonly sort?: (typeof INCIDENT_SORTS)[number];

  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}
