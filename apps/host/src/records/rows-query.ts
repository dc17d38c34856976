import { IsIn, IsOptional, Matches } from 'class-validator';
import { IsTextOrTexts } from '../input/is-text-or-texts.js';
import { OffsetQuery } from '../input/offset-query.js';

const MOST_FILTERS = 40;

/** Which rows of a table; the same for its page, its facets and its file. */
export class RowsFilterQuery {
  @IsOptional()
  @Matches(/^[^\0]{1,100}$/u, { message: 'Must be the id of an integration. Left out: all of the workspace.' })
  readonly integration?: string;

  @IsOptional()
  @Matches(/^[^\0]{0,200}$/u, {
    message: 'Must be at most 200 characters: words that must all be in a searched field or the key, whatever their case.',
  })
  readonly q?: string;

  @IsOptional()
  @IsTextOrTexts(
    MOST_FILTERS,
    500,
    `Must be field:value, at most ${MOST_FILTERS} times and 500 characters each. Several of one field are alternatives; field: means that the provider did not say; field:<instant and field:>instant are bounds, which both must hold. GET /api/records lists the fields.`,
  )
  readonly filter?: string | readonly string[];

  @IsOptional()
  @IsIn(['false', 'true', 'all'], { message: 'Must be false (what is there), true (what is gone) or all.' })
  readonly removed?: 'false' | 'true' | 'all';

  @IsOptional()
  @Matches(/^[^\0]{1,40}$/u, { message: 'Must be an instant like 2026-11-26T09:30:00Z. Of activity only: from then on.' })
  readonly since?: string;

  @IsOptional()
  @Matches(/^[^\0]{1,40}$/u, { message: 'Must be an instant like 2026-11-26T09:30:00Z. Of activity only: before it.' })
  readonly until?: string;

  @IsOptional()
  @Matches(/^[^\0]{1,2500}$/u, { message: 'Must be the key of who acted. Of activity only.' })
  readonly actor?: string;
}

export class RowsQuery extends RowsFilterQuery {
  @IsOptional()
  @Matches(/^-?[A-Za-z]{1,60}$/, { message: 'Must be a field, with - before it for the other direction: -lastLoginAt.' })
  readonly sort?: string;

  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'Must be a whole number: how many rows to pass over. Not for activity.' })
  readonly offset?: string;

  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'Must be a whole number.' })
  readonly limit?: string;

  @IsOptional()
  @Matches(/^[^\0]{0,4000}$/u, { message: 'Must be `next` of an earlier page. Of activity only.' })
  readonly cursor?: string;
}

/** Of the other ends of a relation. */
export class RelatedQuery extends OffsetQuery {
  @IsOptional()
  @IsIn(['false', 'true'], { message: 'Must be false (what holds) or true (what held once).' })
  readonly removed?: 'false' | 'true';
}
