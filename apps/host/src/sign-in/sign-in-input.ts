import { IsEmailAddress } from '../input/is-email-address.js';
import { IsGivenPassword } from '../passwords/is-password.js';

export class SignInInput {
  @IsEmailAddress()
  readonly email!: string;

  @IsGivenPassword()
  readonly password!: string;
}
