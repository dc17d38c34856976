import type { SweepRule } from '../ports/run-store.js';

export interface HoldLimits {
  /** A removal is large only from this many rows on ... */
  readonly rows: number;
  /** ... that are also at least this part (0 to 1) of what was there. */
  readonly fraction: number;
  /** A partition that is emptied is held from this many rows on. The last member of a small group leaves every day. */
  readonly emptied: number;
}

/** DESIGN 3. A provider that answers an empty or cut list by mistake must not empty ours. */
export const DEFAULT_HOLD: HoldLimits = { rows: 20, fraction: 0.1, emptied: 5 };

export function holdLargeRemovals(limits: HoldLimits = DEFAULT_HOLD): SweepRule {
  return (unseen, present, of) => {
    if (unseen === 0) return 'sweep';
    if (unseen >= present) return of === 'stream' || unseen >= limits.emptied ? 'hold' : 'sweep';
    return unseen >= limits.rows && unseen / present >= limits.fraction ? 'hold' : 'sweep';
  };
}
