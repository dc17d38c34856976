/** What a run costs, in the calls that the provider counts. Written for people and for machines. */
export interface SyncPlan {
  readonly buckets: readonly BucketPlan[];
  /** The least time that the provider's limits allow, in minutes; `null` while no limit is known. */
  readonly floorMinutes: number | null;
  /** The bucket that the time comes from; `null` while unknown. */
  readonly dominates: string | null;
  /** From now to the end, in seconds, by what is known; `null` while unknown. */
  readonly secondsLeft: number | null;
  /** Which of several equivalent ways was chosen, and why: a sentence each. */
  readonly routes: readonly string[];
  /** What the settings leave out: a sentence each. */
  readonly leftOut: readonly string[];
  /**
   * About how many rows streams show in all, by their names: only where the provider has counted them, and never a guess.
   * A stream that is not named may have any number.
   */
  readonly expected?: Readonly<Record<string, number>>;
}

/** The part of a plan that one rate limit bounds. */
export interface BucketPlan {
  readonly bucket: string;
  /** Calls of this run in all, as far as known. */
  readonly calls: number;
  readonly done: number;
  /** Calls a minute that may be spent; `null` while the provider has not said. */
  readonly perMinute: number | null;
  /** `calls / perMinute`. */
  readonly minutes: number | null;
}
