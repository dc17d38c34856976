/** How much one may ask for. A benchmark in the same process sets others. */
export interface Limits {
  /** Requests of one network in `WINDOW_MS`, whoever its callers are. */
  readonly network: number;
  /** Requests of one user or key in `WINDOW_MS`. */
  readonly caller: number;
  /** Expensive requests of one workspace that are at work at a time, and in a minute. */
  readonly expensiveAtOnce: number;
  readonly expensivePerMinute: number;
  /** The same of questions that go over a whole workspace: people look at their answers, and one page may ask for several. */
  readonly questionsAtOnce: number;
  readonly questionsPerMinute: number;
  /** How long the database may work on one statement of a question about access. */
  readonly questionMs: number;
}

export const WINDOW_MS = 10_000;

/** A product that reads 100 times a second is far below; a loop that has gone wild is not. */
export const DEFAULT_LIMITS: Limits = {
  network: 6_000,
  caller: 3_000,
  expensiveAtOnce: 2,
  expensivePerMinute: 20,
  // Fewer than there are connections to the database.
  questionsAtOnce: 4,
  questionsPerMinute: 120,
  questionMs: 30_000,
};
