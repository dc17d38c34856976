import { RunStopped } from './lease-keeper.js';

/** Stops a run whose connector has given no sign of life for too long: a hang must not hold a worker for ever. */
export class Watchdog {
  readonly #timer: NodeJS.Timeout;
  constructor(stallMs: number, run: AbortController) {
    this.#timer = setTimeout(() => run.abort(new RunStopped('stalled')), stallMs);
    this.#timer.unref();
  }
  touch(): void {
    this.#timer.refresh();
  }
  end(): void {
    clearTimeout(this.#timer);
  }
}
