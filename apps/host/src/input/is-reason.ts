import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength } from 'class-validator';

/** Why somebody has decided something: enough to be understood later, on one line. */
export function IsReason(): PropertyDecorator {
  return applyDecorators(
    IsString({ message: 'Must be text.' }),
    Matches(/^(?=\s*\S.+\S\s*$)[^\p{Cc}\p{Cs}]*$/u, {
      message: 'Must say why, in 3 characters at least, and without control characters.',
    }),
    MaxLength(500, { message: 'Must have at most 500 characters.' }),
  );
}
