/** Advisory locks of this database: any numbers, the same in every host, each for one purpose. */
export const LOCKS = {
  /** Bringing the schema up to date. */
  migration: 5_294_713_021,
  /** Making a partition of the activity log; the migration's function names it, too. */
  partition: 5_294_713_022,
  /** Rotating the master key. */
  rotation: 5_294_713_023,
  /** The first set-up of a host. */
  setUp: 5_294_713_024,
  /** Claiming a run: one after another, so that each sees what is at work. */
  claims: 5_294_713_025,
} as const;
