import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { UUID } from '../input/parameters.js';
import { invalidRequest } from '../problems/problem.js';

// What people do to a finding and to an incident alike.

export class AssignChange {
  @IsIn(['assign'])
  readonly do!: 'assign';

  /** That it is there at all is seen below: here `null` says nobody. */
  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of a user of this workspace, or null for nobody.' })
  readonly owner!: string | null;
}

export class CommentChange {
  @IsIn(['comment'])
  readonly do!: 'comment';

  @IsString({ message: 'Must be text.' })
  // Line breaks and tabs are how people write; the database refuses NUL and halves of characters, and the rest spoils what shows it.
  @Matches(/^(?=[^]*\S)(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u, { message: 'Must say something, without control characters.' })
  @MaxLength(4_000, { message: 'Must have at most 4000 characters.' })
  readonly text!: string;
}

/** `null` says nobody, and must be said. @throws Problem (400) */
export function requireOwner(owner: string | null | undefined): void {
  if (owner !== undefined) return;
  const message = 'Is required: the id of a user of this workspace, or null for nobody.';
  throw invalidRequest([{ field: 'change.owner', message }]);
}
