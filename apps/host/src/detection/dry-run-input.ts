import type { DryRunInput } from '@castellan/api';
import { IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IfGiven } from '../input/if-given.js';
import { IsRuleText } from './is-rule-text.js';

const DAYS = 'Must be a whole number of days, from 1 to 90.';

const NAME = 'Must be the name of a file, of at most 100 characters: problems name it. Left out: content.';

export class DryRunBody implements DryRunInput {
  @IsRuleText()
  readonly content!: string;

  @IfGiven()
  @IsString({ message: NAME })
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, { message: NAME })
  @MaxLength(100, { message: NAME })
  readonly name?: string;

  @IsInt({ message: DAYS })
  @Min(1, { message: DAYS })
  @Max(90, { message: DAYS })
  readonly days!: number;

  @IfGiven()
  @IsString({ message: 'Must be the id of an integration. Left out: all of the workspace.' })
  @MaxLength(100, { message: 'Must be the id of an integration. Left out: all of the workspace.' })
  readonly integration?: string;
}
