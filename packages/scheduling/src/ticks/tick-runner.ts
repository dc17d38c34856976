import type { SchedulingLog } from '../ports.js';

/** Who looks at the log must see that it still fails, and a line a second would bury everything else. */
const TOLD_AGAIN_MS = 15 * 60_000;

interface Told {
  readonly error: string;
  readonly at: number;
}

/** Runs ticks: one at a time for each name, and none that throws. */
export class TickRunner {
  readonly #log: SchedulingLog;
  readonly #running = new Map<string, Promise<void>>();
  /** What was last told of each tick that fails. */
  readonly #failing = new Map<string, Told>();
  readonly #now: () => number;
  #stopped = false;

  constructor(log: SchedulingLog, now: () => number = () => performance.now()) {
    this.#log = log;
    this.#now = now;
  }

  /** A tick that is still at work is not begun again: a slow database must not be asked the same again and again. */
  once(name: string, tick: () => Promise<void>): Promise<void> {
    if (this.#stopped || this.#running.has(name)) return Promise.resolve();
    const running = this.#guarded(name, tick).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
  }

  /** For a tick that does its work in pieces: whether to leave the rest to another host, or to the next start. */
  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Waits for the ticks at work, so that the database is not closed under them. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running.values());
  }

  async #guarded(name: string, tick: () => Promise<void>): Promise<void> {
    try {
      await tick();
      this.#failing.delete(name);
    } catch (cause) {
      const error = cause instanceof Error ? cause.message : String(cause);
      const told = this.#failing.get(name);
      const at = this.#now();
      if (told?.error === error && at - told.at < TOLD_AGAIN_MS) return;
      this.#failing.set(name, { error, at });
      this.#log.warn('tick failed', { tick: name, error });
    }
  }
}
