import { applyDecorators } from '@nestjs/common';
import { IsString, MaxLength, MinLength, ValidateBy } from 'class-validator';

const SHORTEST = 15;
const LONGEST = 256;

/**
 * A new password: a phrase. So long a one is on no list of common passwords, and none of its characters is prescribed
 * (NIST SP 800-63B, ASVS 6.2). Never shortened: what is too long for the hash is refused.
 */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    IsGivenPassword(),
    MinLength(SHORTEST, { message: `Must have at least ${SHORTEST} characters: a phrase of a few words is good.` }),
    ValidateBy(
      { name: 'isVaried', validator: { validate: (value) => new Set(String(value).slice(0, LONGEST)).size > 3 } },
      { message: 'Must not be a few characters again and again.' },
    ),
  );
}

/** One that somebody proves himself with: any that could ever have been set. */
export function IsGivenPassword(): PropertyDecorator {
  return applyDecorators(
    IsString({ message: 'Must be text.' }),
    MaxLength(LONGEST, { message: `Must have at most ${LONGEST} characters.` }),
    ValidateBy(
      { name: 'isWithoutNul', validator: { validate: (value) => !String(value).includes('\0') } },
      { message: 'Must not contain a NUL character.' },
    ),
  );
}
