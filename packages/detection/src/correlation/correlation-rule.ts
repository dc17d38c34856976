import type { RuleFacts } from '../sigma/rule.js';

/** Of a group so many are kept: a rule that waits for more would never hold. */
export const MOST_ENTRIES = 10_000;

/** Between which numbers; all of them. */
export interface Bounds {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
  readonly eq?: number;
  readonly neq?: number;
}

/** What is counted in a window. The last four are ours, and are called `castellan.new_value` and so on in a rule. */
export type CorrelationKind =
  | { readonly type: 'event_count'; readonly bounds: Bounds }
  /** Different values; of several fields all values together. */
  | { readonly type: 'value_count'; readonly bounds: Bounds; readonly fields: readonly string[] }
  | { readonly type: 'value_sum' | 'value_avg'; readonly bounds: Bounds; readonly field: string }
  | { readonly type: 'value_percentile'; readonly bounds: Bounds; readonly field: string; readonly percentile: number }
  /** How many of the rules; all, where there are no bounds. */
  | { readonly type: 'temporal'; readonly bounds: Bounds | undefined }
  /** All of them, one after the other. */
  | { readonly type: 'temporal_ordered' }
  /** A value that was not seen before in the time span, of a group that has been watched for longer than `learnedSeconds`. */
  | { readonly type: 'new_value'; readonly fields: readonly string[]; readonly learnedSeconds: number }
  /** The first rule, and no other of them within the time span after it. */
  | { readonly type: 'absence' }
  /** Two places further apart than `leastKm`, and a speed between them within the bounds, in km/h. `field` has `lat` and `lon`. */
  | { readonly type: 'geo_velocity'; readonly bounds: Bounds; readonly field: string; readonly leastKm: number }
  /** How many of the first rule there are for each of the others, once there are `least` of those. */
  | { readonly type: 'ratio'; readonly bounds: Bounds; readonly least: number };

export interface CorrelationRule extends RuleFacts {
  readonly type: 'correlation';
  readonly kind: CorrelationKind;
  /** Ids or names of those that it is about. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** By alias, by the name of a rule: the field that is meant. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly spanMs: number;
  /** Whether the rules that it is about are told by themselves, too. */
  readonly generate: boolean;
}

export function isWithin(value: number, { gt, gte, lt, lte, eq, neq }: Bounds): boolean {
  if (Number.isNaN(value)) return false;
  if (gt !== undefined && value <= gt) return false;
  if (gte !== undefined && value < gte) return false;
  if (lt !== undefined && value >= lt) return false;
  if (lte !== undefined && value > lte) return false;
  return (eq === undefined || value === eq) && value !== neq;
}
