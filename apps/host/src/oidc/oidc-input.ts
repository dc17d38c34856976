import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';

export class OidcInput {
  /** The token of an invitation: the identity is linked to the invited user. */
  @IsOptional()
  @IsString({ message: 'Must be the token of an invitation.' })
  @MaxLength(200, { message: 'Must be the token of an invitation.' })
  readonly invitation?: string;

  /** Link the identity to the user who is signed in. */
  @IsOptional()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly link?: boolean;
}
