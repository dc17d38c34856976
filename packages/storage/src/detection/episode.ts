import type { JsonObject } from '@castellan/connector-sdk';
import type { SeverityNumber } from '../findings/finding.js';

export interface EpisodeName {
  readonly rule: string;
  /** The values that the rule groups by, as one text. */
  readonly group: string;
  /** Key of the first event. */
  readonly key: string;
}

export interface EpisodeSubject {
  /** `account`, `address` or `organisation`. */
  readonly kind: string;
  readonly key: string;
  readonly label: string;
}

/** What a rule has found, as it is now. */
export interface EpisodeToSettle extends EpisodeName {
  /** Keys of the same rule and group by which it was told before. */
  readonly replaces: readonly string[];
  readonly severity: SeverityNumber;
  /** 1 low, 2 medium, 3 high. */
  readonly confidence: 1 | 2 | 3;
  readonly subject: EpisodeSubject;
  readonly session: string | null;
  readonly evidence: JsonObject;
  /** In ms since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly events: readonly string[];
}
