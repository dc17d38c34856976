import { IsOptional, Matches } from 'class-validator';

/** Which rules; left out: all. */
export class RulesQuery {
  @IsOptional()
  @Matches(/^[^\p{Cc}\p{Cs}]{1,200}$/u, { message: 'Must be words of a rule, at most 200 characters.' })
  readonly q?: string;
}
