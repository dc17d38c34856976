import type { SchedulingLog } from './ports.js';

/** Work that is done again and again, until it is stopped. */
export class Ticks {
  readonly #log: SchedulingLog;
  readonly #running = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(log: SchedulingLog) {
    this.#log = log;
  }

  /** One at a time for each name: a slow database must not be asked the same again and again. Never throws. */
  once(name: string, work: () => Promise<void>): Promise<void> {
    if (this.#stopped || this.#running.has(name)) return Promise.resolve();
    const running = this.#guarded(name, work).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Waits for those at work, so that the database is not closed under them. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running.values());
  }

  async #guarded(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.warn('tick failed', { tick: name, error: error instanceof Error ? error.message : String(error) });
    }
  }
}
