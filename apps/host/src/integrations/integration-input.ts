import { IsBoolean, IsDefined, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** Something to see, and no control characters: the database refuses NUL, and line breaks spoil lists and logs. */
const LABEL = /^(?=.*\S)[^\p{Cc}]*$/u;

export class IntegrationInput {
  @IsString({ message: 'Must be the id of a connector, e.g. from GET /api/connectors.' })
  @MaxLength(100, { message: 'Must be at most 100 characters.' })
  readonly connector!: string;

  /** Default: the connector's name, made unique. */
  @IsOptional()
  @IsString({ message: 'Must be text.' })
  @Matches(LABEL, { message: 'Must have at least one letter and no control characters. Leave it out for a default.' })
  @MaxLength(200, { message: 'Must be at most 200 characters.' })
  readonly name?: string;

  /** Who cares for it, as the product that runs this host knows its people. */
  @IsOptional()
  @IsString({ message: 'Must be text.' })
  @Matches(LABEL, { message: 'Must have at least one letter and no control characters.' })
  @MaxLength(200, { message: 'Must be at most 200 characters.' })
  readonly owner?: string;

  /** Judged by the connector alone. */
  @IsDefined({ message: 'Is required: the settings of the connection, an object.' })
  readonly config: unknown;

  /** Create it although some streams cannot be read. */
  @IsOptional()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly acceptIncomplete?: boolean;
}
