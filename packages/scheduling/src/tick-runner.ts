import type { SchedulingLog } from './ports.js';

/** Runs ticks: one at a time for each name, and none that throws. */
export class TickRunner {
  readonly #log: SchedulingLog;
  readonly #running = new Map<string, Promise<void>>();
  /** What a tick said when it last failed: without its database it would say the same every second. */
  readonly #failing = new Map<string, string>();
  #stopped = false;

  constructor(log: SchedulingLog) {
    this.#log = log;
  }

  /** A tick that is still at work is not begun again: a slow database must not be asked the same again and again. */
  once(name: string, tick: () => Promise<void>): Promise<void> {
    if (this.#stopped || this.#running.has(name)) return Promise.resolve();
    const running = this.#guarded(name, tick).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
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
      if (this.#failing.get(name) === error) return;
      this.#failing.set(name, error);
      this.#log.warn('tick failed', { tick: name, error });
    }
  }
}
