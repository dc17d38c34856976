import { IsString, MaxLength, MinLength } from 'class-validator';
import { IfGiven } from '../input/if-given.js';
import { IsEmailAddress } from '../input/is-email-address.js';
import { IsLabel } from '../input/is-label.js';
import { IsNewPassword } from '../passwords/is-password.js';

export class SetUpInput {
  @MinLength(1, { message: 'Is required: the token that the host has printed on its console.' })
  @IsString({ message: 'Must be the token that the host has printed on its console.' })
  @MaxLength(200, { message: 'Must be the token that the host has printed on its console.' })
  readonly token!: string;

  @IsEmailAddress()
  readonly email!: string;

  @IsLabel()
  readonly name!: string;

  @IsNewPassword()
  readonly password!: string;

  /** What the workspace is called: the organisation's name. */
  @IfGiven()
  @IsLabel()
  readonly workspace?: string;
}
