import { ALL_PERMISSIONS, type Permission } from '@castellan/api';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../input/if-given.js';
import { IsLabel } from '../input/is-label.js';

export const LONGEST_DAYS = 366;

export class ApiKeyInput {
  @IsLabel()
  readonly name!: string;

  /** What the key may do: permissions, each of which its maker must have. */
  @IsArray({ message: 'Must be a list of permissions.' })
  @ArrayMinSize(1, { message: 'Must name at least one permission.' })
  @ArrayMaxSize(ALL_PERMISSIONS.length, { message: 'Names more permissions than there are.' })
  @ArrayUnique({ message: 'Must not name a permission twice.' })
  @IsIn(ALL_PERMISSIONS, { each: true, message: `Must be permissions: ${ALL_PERMISSIONS.join(', ')}.` })
  readonly scopes!: readonly Permission[];

  /** Default 90. */
  @IfGiven()
  @IsInt({ message: 'Must be a whole number of days.' })
  @Min(1, { message: 'Must be at least 1 day.' })
  @Max(LONGEST_DAYS, { message: `Must be at most ${LONGEST_DAYS} days.` })
  readonly expiresInDays?: number;
}
