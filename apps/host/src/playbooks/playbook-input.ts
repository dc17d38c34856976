import { MOST_SIMULATED_DAYS, PLAYBOOK_RUN_STATES, type PlaybookRunState } from '@castellan/api';
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { IsLabel } from '../input/is-label.js';
import { IsReason } from '../input/is-reason.js';
import { PageQuery } from '../input/page-query.js';
import { UUID } from '../input/parameters.js';

const DAYS = `Must be a whole number of days, from 1 to ${MOST_SIMULATED_DAYS}.`;

export class SimulateBody {
  @IsInt({ message: DAYS })
  @Min(1, { message: DAYS })
  @Max(MOST_SIMULATED_DAYS, { message: DAYS })
  readonly days!: number;
}

export class StartBody {
  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of a finding.' })
  readonly findingId?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of an incident.' })
  readonly incidentId?: string;
}

export class StopBody {
  @IsReason()
  readonly reason!: string;
}

export class DecisionBody {
  @IsOptional()
  @IsReason()
  readonly note?: string;
}

export class TickBody {
  /** Of the step. */
  @IsLabel(100)
  readonly item!: string;

  @IsReason()
  readonly note!: string;

  @IsOptional()
  @IsBoolean({ message: 'Must be true or false.' })
  readonly isDone?: boolean;
}

export class RunsQuery extends PageQuery {
  @IsOptional()
  @IsIn(PLAYBOOK_RUN_STATES, { message: `Must be one of: ${PLAYBOOK_RUN_STATES.join(', ')}.` })
  readonly state?: PlaybookRunState;

  @IsOptional()
  @IsLabel(100)
  readonly playbook?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of an integration.' })
  readonly integration?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of a finding.' })
  readonly finding?: string;

  @IsOptional()
  @Matches(UUID, { message: 'Must be the id of an incident.' })
  readonly incident?: string;
}
