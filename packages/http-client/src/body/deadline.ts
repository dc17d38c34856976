/** Two timers over one attempt: no byte for too long, and too long altogether. Aborts `signal` when either fires. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #idle: NodeJS.Timeout;
  readonly #total: NodeJS.Timeout;
  readonly #run: AbortSignal;
  readonly #stop = (): void => this.#controller.abort(this.#run.reason);
  /** Which timer ended the attempt. */
  expired: 'idle' | 'total' | undefined;

  constructor(idleMs: number, totalMs: number, run: AbortSignal) {
    this.#run = run;
    this.#idle = setTimeout(() => this.#expire('idle'), idleMs);
    this.#total = setTimeout(() => this.#expire('total'), totalMs);
    if (run.aborted) this.#stop();
    run.addEventListener('abort', this.#stop, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** A byte has come. */
  touch(): void {
    this.#idle.refresh();
  }

  end(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#total);
    this.#run.removeEventListener('abort', this.#stop);
  }

  #expire(which: 'idle' | 'total'): void {
    this.expired ??= which;
    this.#controller.abort(new Error(`${which} time-out`));
  }
}
