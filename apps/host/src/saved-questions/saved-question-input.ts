import { IsString, Matches, MaxLength } from 'class-validator';
import { IsLabel } from '../input/is-label.js';

const LONGEST_ADDRESS = 2_000;

export class SavedQuestionInput {
  @IsLabel(120)
  readonly name!: string;

  /** The page that asks it. Of our own alone: others of the workspace will follow it. */
  @IsString({ message: 'Must be text.' })
  @Matches(/^\/access(?:[/?#][^\p{Cc}\\]*)?$/u, {
    message: 'Must be the path and query of a page below /access, like /access?from=account:00u1&to=application.',
  })
  @MaxLength(LONGEST_ADDRESS, { message: `Must have at most ${LONGEST_ADDRESS} characters.` })
  readonly address!: string;
}
