import { applyDecorators } from '@nestjs/common';
import { IsString, MaxLength, ValidateBy } from 'class-validator';

const LONGEST = 1_000_000;
/** All but line breaks and tabs, and halves of characters. The database refuses NUL, and the rest spoils what shows it. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\p{Cs}]/u;

/** YAML, as somebody has written it. Whether it can be used is no matter of form. */
export function IsRuleText(): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '' && !CONTROL.test(value);
  return applyDecorators(
    IsString({ message: 'Must be text.' }),
    ValidateBy(
      { name: 'isRuleText', validator: { validate } },
      { message: 'Must be YAML: not empty, and without control characters.' },
    ),
    MaxLength(LONGEST, { message: `Must have at most ${LONGEST} characters.` }),
  );
}
