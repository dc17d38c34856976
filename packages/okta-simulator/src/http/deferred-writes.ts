interface Deferred {
  readonly due: number;
  readonly run: () => void;
}

/** Writes that Okta answers before they are done. By the simulator's clock: one is done with the first request behind its time. */
export class DeferredWrites {
  #waiting: readonly Deferred[] = [];

  constructor(
    readonly ms: number,
    readonly now: () => Date,
  ) {}

  add(run: () => void): void {
    this.#waiting = [...this.#waiting, { due: this.now().getTime() + this.ms, run }];
  }

  runDue(): void {
    if (this.#waiting.length === 0) return;
    const now = this.now().getTime();
    const due = this.#waiting.filter((one) => one.due <= now);
    this.#waiting = this.#waiting.filter((one) => one.due > now);
    for (const { run } of due) run();
  }
}
