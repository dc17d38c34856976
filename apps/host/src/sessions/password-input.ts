import { IsGivenPassword, IsNewPassword } from '../passwords/is-password.js';

export class PasswordInput {
  @IsGivenPassword()
  readonly currentPassword!: string;

  @IsNewPassword()
  readonly newPassword!: string;
}
