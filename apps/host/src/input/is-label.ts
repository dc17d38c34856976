import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength } from 'class-validator';

/**
 * A name for people: something to see, and no control characters. The database refuses NUL, and in what is kept as JSON halves of
 * characters (`\ud800` alone); line breaks spoil lists and logs.
 */
export function IsLabel(longest = 200): PropertyDecorator {
  return applyDecorators(
    IsString({ message: 'Must be text.' }),
    Matches(/^(?=.*\S)[^\p{Cc}\p{Cs}]*$/u, { message: 'Must have at least one letter and no control characters.' }),
    MaxLength(longest, { message: `Must have at most ${longest} characters.` }),
  );
}
