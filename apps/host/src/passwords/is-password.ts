import { applyDecorators } from '@nestjs/common';
import { IsString, MaxLength, MinLength, ValidateBy } from 'class-validator';

const SHORTEST = 15;
const LONGEST = 256;

/**
 * A new password: a phrase. Hardly one so long is on a list of common passwords; those that are repeat something short or
 * follow the keyboard, and are refused. No character is prescribed (NIST SP 800-63B, ASVS 6.2). Never shortened: what is too
 * long for the hash is refused.
 */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    IsGivenPassword(),
    MinLength(SHORTEST, { message: `Must have at least ${SHORTEST} characters: a phrase of a few words is good.` }),
    ValidateBy(
      { name: 'isVaried', validator: { validate: (value) => isVaried(String(value).slice(0, LONGEST)) } },
      { message: 'Must not repeat something short, nor follow the keyboard or the alphabet.' },
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

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'];
/** Longer pieces of a row are no accident. */
const PIECE = 4;

function isVaried(password: string): boolean {
  const text = password.toLowerCase();
  for (let length = 1; length <= text.length / 2; length += 1)
    if (
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .startsWith(text)
    )
      return false;
  return withoutRows(text).length >= SHORTEST / 2;
}

/** What is left when pieces of rows are taken out, forwards or backwards. */
function withoutRows(text: string): string {
  let rest = text;
  for (const row of ROWS.flatMap((one) => [one, [...one].toReversed().join('')]))
    for (let length = row.length; length >= PIECE; length -= 1)
      for (let from = 0; from + length <= row.length; from += 1) rest = rest.replaceAll(row.slice(from, from + length), '');
  return rest;
}
