import type { Logger } from '@castellan/connector-sdk';

/** In milliseconds. */
export interface LeaseTimes {
  /** As long as a row is held by whoever has taken it (see `ActionRequests.take`). */
  readonly lease: number;
  /** How often that is said anew. */
  readonly renewed: number;
  /** Before it ends: what is on its way to the provider has to be broken off by then. */
  readonly margin: number;
}

const TIMES: LeaseTimes = { lease: 60_000, renewed: 20_000, margin: 10_000 };

/** What is held while something is done. */
export interface ActionLease {
  /** Aborted when somebody else may have begun with it: nothing is sent any more. */
  readonly lost: AbortSignal;
  end(): void;
}

/** @param keep `false`: somebody else has it */
export function keepLease(
  keep: () => Promise<boolean>,
  log: Logger,
  fields: Readonly<Record<string, string>>,
  times = TIMES,
): ActionLease {
  const lost = new AbortController();
  const lose = (): void => lost.abort();
  let end = setTimeout(lose, times.lease - times.margin);
  const renew = async (): Promise<void> => {
    const began = performance.now();
    try {
      if (!(await keep())) return lose();
      if (lost.signal.aborted) return;
      clearTimeout(end);
      end = setTimeout(lose, times.lease - times.margin - (performance.now() - began));
    } catch (cause) {
      log.warn('a lease was not renewed', { ...fields, error: cause instanceof Error ? cause.message : String(cause) });
    }
  };
  const keeper = setInterval(() => void renew(), times.renewed);
  return {
    lost: lost.signal,
    end: () => {
      clearInterval(keeper);
      clearTimeout(end);
      // An answer that comes later begins no timer any more.
      lose();
    },
  };
}
