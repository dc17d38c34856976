import { IsString, MaxLength } from 'class-validator';
import { IsNewPassword } from '../passwords/is-password.js';

export class InvitationInput {
  @IsString({ message: 'Must be the token of an invitation.' })
  @MaxLength(200, { message: 'Must be the token of an invitation.' })
  readonly token!: string;

  @IsNewPassword()
  readonly password!: string;
}
