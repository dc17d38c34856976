import type { LiveRun } from '@castellan/storage';

interface Sample {
  readonly at: number;
  readonly rows: number;
}

/** A rate is of so many seconds at most: it must follow when the provider slows down. */
const WINDOW_MS = 20_000;
/** Below it one page more or less decides the number. */
const SHORTEST_MS = 3_000;
/** Watched for so long it may say how long the rest takes. */
const STEADY_MS = 10_000;

/** Rows a second of each stream, from what several looks at the rows have shown: whichever host does the work. */
export class RowRates {
  #samples = new Map<string, readonly Sample[]>();

  /** All runs that are live now; what is known of others is forgotten. */
  note(runs: readonly LiveRun[]): void {
    const noted = new Map<string, readonly Sample[]>();
    for (const { id, readAt, streamRuns } of runs) {
      const at = readAt.getTime();
      for (const { stream, state, pages, rows } of streamRuns) {
        // Before its first page a stream may have been waiting for another one.
        if (state !== 'reading' || pages === 0) continue;
        const before = this.#samples.get(keyOf(id, stream)) ?? [];
        noted.set(keyOf(id, stream), [...before.filter((sample) => at - sample.at <= WINDOW_MS), { at, rows }]);
      }
    }
    this.#samples = noted;
  }

  perSecond(run: string, stream: string): number | null {
    return this.#rate(run, stream, SHORTEST_MS);
  }

  steady(run: string, stream: string): number | null {
    return this.#rate(run, stream, STEADY_MS);
  }

  #rate(run: string, stream: string, leastMs: number): number | null {
    const samples = this.#samples.get(keyOf(run, stream)) ?? [];
    const [first, last] = [samples.at(0), samples.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < leastMs) return null;
    return Math.round(Math.max(0, (last.rows - first.rows) / (last.at - first.at)) * 10_000) / 10;
  }
}

function keyOf(run: string, stream: string): string {
  return `${run} ${stream}`;
}
