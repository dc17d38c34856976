import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

const SHORTEST = 15;
const LONGEST = 256;

/**
 * A new password: a phrase. So long a one is on no list of common passwords, and none of its characters is prescribed
 * (NIST SP 800-63B, ASVS 6.2). Never shortened: what is too long for the hash is refused.
 */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    IsString({ message: 'Must be text.' }),
    MinLength(SHORTEST, { message: `Must have at least ${SHORTEST} characters: a phrase of a few words is good.` }),
    MaxLength(LONGEST, { message: `Must have at most ${LONGEST} characters.` }),
    // eslint-disable-next-line no-control-regex -- a NUL would end the text for some programs
    Matches(/^[^\0]*$/, { message: 'Must not contain a NUL character.' }),
    Matches(/(.).*(?!\1)./su, { message: 'Must not be one character again and again.' }),
  );
}

/** One that somebody proves himself with: any that could ever have been set. */
export function IsGivenPassword(): PropertyDecorator {
  return applyDecorators(
    IsString({ message: 'Must be text.' }),
    MaxLength(LONGEST, { message: `Must have at most ${LONGEST} characters.` }),
    // eslint-disable-next-line no-control-regex -- as above
    Matches(/^[^\0]*$/, { message: 'Must not contain a NUL character.' }),
  );
}
