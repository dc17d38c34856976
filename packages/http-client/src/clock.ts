/** Time as this package sees it. A port, so that the governor's minutes can be tested in milliseconds. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `action` once after `ms`. Gives back its cancellation. */
  after(ms: number, action: () => void): () => void;
}

/** A longer timer than this fires at once (a 32-bit overflow in Node), which would turn a long wait into a busy loop. */
const LONGEST_TIMER = 2 ** 31 - 1;

export function systemClock(now: () => number = Date.now): Clock {
  return {
    now,
    after: (ms, action) => {
      const timer = setTimeout(action, Math.min(Math.max(0, ms), LONGEST_TIMER));
      return () => clearTimeout(timer);
    },
  };
}

/** Resolves after `ms`, or rejects with the signal's reason as soon as it is aborted. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = (): void => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}
