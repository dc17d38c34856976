import type { RuleFileInput } from '@castellan/api';
import { IsBoolean, IsString, Matches, MaxLength } from 'class-validator';
import { IsRuleText } from './is-rule-text.js';

export class RuleFileBody implements RuleFileInput {
  // Files of ours have a / in their names.
  @IsString({ message: 'Must be text.' })
  @Matches(/^(?=.*\S)[^\p{Cc}\p{Cs}/\\]*$/u, {
    message: 'Must be a name of a file: at least one letter, no control characters, no slashes.',
  })
  @MaxLength(100, { message: 'Must have at most 100 characters.' })
  readonly name!: string;

  @IsRuleText()
  readonly content!: string;

  @IsBoolean({ message: 'Must be true or false.' })
  readonly enabled!: boolean;
}
