import type { Clock } from '../../src/clock.js';

interface Alarm {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/** Time that passes only when nothing else is left to do. */
export class SimulatedClock implements Clock {
  #now: number;
  #order = 0;
  readonly #alarms = new Set<Alarm>();

  constructor(start = Date.UTC(2030, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): () => void {
    const alarm = { at: this.#now + Math.max(0, ms), order: this.#order++, action };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Goes from alarm to alarm until `work` is done. */
  async run<Value>(work: Promise<Value>): Promise<Value> {
    let done = false;
    const watched = work.finally(() => {
      done = true;
    });
    watched.catch(() => undefined);
    for (;;) {
      await settled();
      if (done) return watched;
      const next = [...this.#alarms].toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined) throw new Error('nothing is left to wait for, and the work is not done');
      this.#alarms.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.action();
    }
  }
}

/** Lets every pending promise reaction run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
