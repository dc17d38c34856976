import { IsBoolean, IsString, MaxLength } from 'class-validator';
import { IsGivenPassword } from '../passwords/is-password.js';
import { IfGiven } from '../input/if-given.js';

export class OidcInput {
  /** The token of an invitation: the identity is linked to the invited user. */
  @IfGiven()
  @IsString({ message: 'Must be the token of an invitation.' })
  @MaxLength(200, { message: 'Must be the token of an invitation.' })
  readonly invitation?: string;

  /** Link the identity to the user who is signed in. */
  @IfGiven()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly link?: boolean;

  /** With `link`, where the user has a password: a stolen session must not become a way in that stays. */
  @IfGiven()
  @IsGivenPassword()
  readonly password?: string;
}
