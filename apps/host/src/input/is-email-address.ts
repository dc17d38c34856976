import { applyDecorators } from '@nestjs/common';
import { IsEmail, MaxLength } from 'class-validator';

export function IsEmailAddress(): PropertyDecorator {
  return applyDecorators(
    MaxLength(254, { message: 'Must have at most 254 characters.' }),
    IsEmail({}, { message: 'Must be an e-mail address.' }),
  );
}
