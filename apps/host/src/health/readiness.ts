/** Whether this host still wants requests. */
export class Readiness {
  readonly #stopping = new AbortController();

  /** Aborted when the host begins to stop: whoever holds a request open for long (a stream of events) ends it now. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  end(): void {
    this.#stopping.abort();
  }
}
