import type { Severity } from '@castellan/api';

/** What of a check goes into a score. */
export interface Scored {
  readonly severity: Severity;
  readonly status: 'failed' | 'passed' | 'unknown';
  /** Findings that nobody has allowed. */
  readonly open: number;
  /** Out of how many. */
  readonly examined: number;
}

// A critical one weighs as much as two high ones, and a low one a tenth of it.
const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 10, high: 5, medium: 2, low: 1, informational: 0 };

/** What a check takes from the score: half of its weight for naming anybody, the rest by the share of those that it names. */
function lost({ severity, open, examined }: Scored): number {
  if (open === 0) return 0;
  const share = examined === 0 ? 1 : Math.min(1, open / examined);
  return WEIGHTS[severity] * (0.5 + 0.5 * share);
}

/** What a score is made of. Of several organisations, or areas, both are added up: a mean of scores would be another score. */
export interface ScorePoints {
  /** What all checks that say something could take; 0: nothing is known. */
  readonly weight: number;
  /** What they take. */
  readonly lost: number;
}

/** What is unknown counts neither way. */
export function pointsOf(checks: readonly Scored[]): ScorePoints {
  let [weight, taken] = [0, 0];
  for (const check of checks) {
    if (check.status === 'unknown') continue;
    weight += WEIGHTS[check.severity];
    taken += lost(check);
  }
  return { weight, lost: taken };
}

/** 0 to 100; `null` where nothing is known. */
export function scoreOfPoints({ weight, lost: taken }: ScorePoints): number | null {
  return weight === 0 ? null : 100 * (1 - taken / weight);
}

/** 0 to 100; `null` where nothing is known. */
export function scoreOf(checks: readonly Scored[]): number | null {
  return scoreOfPoints(pointsOf(checks));
}

/** Points of the score of all `checks` that mending the one would bring. */
export function gainOf(one: Scored, checks: readonly Scored[]): number {
  const { weight } = pointsOf(checks);
  return weight === 0 || one.status === 'unknown' ? 0 : (100 * lost(one)) / weight;
}
