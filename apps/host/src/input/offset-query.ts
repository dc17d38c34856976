import { IsOptional, Matches } from 'class-validator';

/** A part of a list that any part of can be asked for. */
export class OffsetQuery {
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'Must be a whole number: how many to pass over.' })
  readonly offset?: string;

  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'Must be a whole number.' })
  readonly limit?: string;
}
