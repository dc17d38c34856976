import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { ROLES, type Role } from '../callers/permissions.js';
import { IsEmailAddress } from '../input/is-email-address.js';
import { IsLabel } from '../input/is-label.js';

const ROLE = { message: `Must be one of ${ROLES.join(', ')}.` };

export class UserInput {
  @IsEmailAddress()
  readonly email!: string;

  @IsLabel()
  readonly name!: string;

  @IsIn(ROLES, ROLE)
  readonly role!: Role;
}

export class UserChangesInput {
  @IsOptional()
  @IsLabel()
  readonly name?: string;

  /** Ends the user's sessions when it differs. */
  @IsOptional()
  @IsIn(ROLES, ROLE)
  readonly role?: Role;

  /** `true`: signed out at once, and kept out. */
  @IsOptional()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly disabled?: boolean;
}
