import { ROLES, type Role } from '@castellan/api';
import { IsBoolean, IsIn } from 'class-validator';
import { IfGiven } from '../input/if-given.js';
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
  @IfGiven()
  @IsLabel()
  readonly name?: string;

  /** Ends the user's sessions when it differs. */
  @IfGiven()
  @IsIn(ROLES, ROLE)
  readonly role?: Role;

  /** Whether the user may manage workspaces: only an operator can say so, of users of his own workspace. */
  @IfGiven()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly isOperator?: boolean;

  /** `true`: signed out at once, and kept out. */
  @IfGiven()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly disabled?: boolean;
}
