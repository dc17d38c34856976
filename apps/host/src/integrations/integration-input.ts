import { STATUS_STATES, type StatusState } from '@castellan/api';
import { IsBoolean, IsDefined, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsLabel } from '../input/is-label.js';
import { PageQuery } from '../input/page-query.js';
import { UUID } from '../input/parameters.js';

const OWNER = 'Must be the id of a user of this workspace, e.g. from GET /api/users, or null for nobody.';
const CONFIG = 'Is required: the settings of the connection, an object.';

/** What a person may say of an integration, whether it is new or not. */
class IntegrationLabels {
  @IsOptional()
  @IsLabel()
  readonly name?: string | null;

  /** A user of the workspace. */
  @IsOptional()
  @Matches(UUID, { message: OWNER })
  readonly owner?: string | null;

  /** `{ everySeconds, pollSeconds }`, see ScheduleInput. */
  @IsOptional()
  readonly schedule?: unknown;

  /** Store it although some streams cannot be read. */
  @IsOptional()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly acceptIncomplete?: boolean | null;
}

export class IntegrationInput extends IntegrationLabels {
  @IsString({ message: 'Must be the id of a connector, e.g. from GET /api/connectors.' })
  @MaxLength(100, { message: 'Must be at most 100 characters.' })
  readonly connector!: string;

  /** Judged by the connector alone. */
  @IsDefined({ message: CONFIG })
  readonly config: unknown;
}

/** What is left out stays as it is. */
export class IntegrationEdit extends IntegrationLabels {
  /** The whole new settings; a secret that is left out stays, `null` clears it. */
  @IsOptional()
  readonly config?: unknown;

  /** `revision` as it was read: refused when the settings have changed since. */
  @IsOptional()
  @IsInt({ message: 'Must be the revision of an earlier answer.' })
  @Min(1, { message: 'Must be the revision of an earlier answer.' })
  @Max(2_147_483_647, { message: 'Must be the revision of an earlier answer.' })
  readonly revision?: number | null;
}

/** Everything anew, secrets included. */
export class ReconnectInput {
  @IsDefined({ message: CONFIG })
  readonly config: unknown;

  @IsOptional()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly acceptIncomplete?: boolean | null;
}

export class IntegrationsQuery extends PageQuery {
  @IsOptional()
  @IsIn(STATUS_STATES, { message: `Must be one of: ${STATUS_STATES.join(', ')}.` })
  readonly status?: StatusState;
}

export class DeletionQuery {
  /** The name, as a person typed it: refused when it is not the integration's. */
  @IsOptional()
  @MaxLength(200, { message: 'Must be at most 200 characters.' })
  readonly confirm?: string;
}
