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

function known(checks: readonly Scored[]): { readonly all: number; readonly checks: readonly Scored[] } {
  const counted = checks.filter(({ status }) => status !== 'unknown');
  return { all: counted.reduce((sum, { severity }) => sum + WEIGHTS[severity], 0), checks: counted };
}

/** 0 to 100. What is unknown counts neither way; `null` where nothing is known. */
export function scoreOf(checks: readonly Scored[]): number | null {
  const { all, checks: counted } = known(checks);
  if (all === 0) return null;
  return 100 * (1 - counted.reduce((sum, check) => sum + lost(check), 0) / all);
}

/** Points of the score of all `checks` that mending the one would bring. */
export function gainOf(one: Scored, checks: readonly Scored[]): number {
  const { all } = known(checks);
  return all === 0 || one.status === 'unknown' ? 0 : (100 * lost(one)) / all;
}
