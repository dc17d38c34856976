import { CHECK_STATUSES, type CheckStatus, POSTURE_AREAS, type PostureArea, SEVERITIES, type Severity } from '@castellan/api';
import { type FrameworkId, FRAMEWORKS } from '@castellan/posture';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { IfGiven } from '../input/if-given.js';
import { IsLabel } from '../input/is-label.js';
import { IsCursor, IsLimit } from '../input/page-query.js';

const FRAMEWORK_IDS = FRAMEWORKS.map(({ id }) => id);

/** Of the whole workspace, or of one integration. */
export class PostureQuery {
  @IsOptional()
  @Matches(/^[^\0]{1,100}$/u, { message: 'Must be the id of an integration. Left out: all of the workspace.' })
  readonly integration?: string;
}

export class FrameworksQuery extends PostureQuery {
  @IsOptional()
  @IsIn(FRAMEWORK_IDS, { message: `Must be one of: ${FRAMEWORK_IDS.join(', ')}. Left out: all of them.` })
  readonly framework?: FrameworkId;
}

export class ChecksQuery extends PostureQuery {
  @IsOptional()
  @IsIn(POSTURE_AREAS, { message: `Must be one of: ${POSTURE_AREAS.join(', ')}.` })
  readonly area?: PostureArea;

  @IsOptional()
  @IsIn([...CHECK_STATUSES, 'none', 'off'], {
    message: `Must be one of: ${CHECK_STATUSES.join(', ')}, none (nobody has looked yet), off (switched off).`,
  })
  readonly status?: CheckStatus | 'none' | 'off';

  @IsOptional()
  @IsIn(SEVERITIES, { message: `Must be one of: ${SEVERITIES.join(', ')}.` })
  readonly severity?: Severity;
}

export class CheckSettingsBody {
  @IsBoolean({ message: 'Must be true or false.' })
  readonly enabled!: boolean;

  /** Why it is off; needed there. */
  @IsOptional()
  @IsLabel(500)
  readonly reason?: string | null;

  /** By name; judged by the check. What is left out is as it is by default. */
  @IfGiven()
  readonly parameters?: unknown;
}

export class PathsConditions {
  @IsOptional()
  @Matches(/^[^\0:]{1,20}:[^\0]{1,2500}$/u, { message: 'Must be kind:key, like account:00u1: only the way of this one.' })
  readonly from?: string;
}

export class PathsQuery extends PathsConditions {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}
