import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than this is as good as no answer: whoever asks has a limit of his own. */
const PATIENCE_MS = 2_000;

export class DatabaseProbe {
  readonly #ping: () => Promise<unknown>;

  constructor(ping: () => Promise<unknown>) {
    this.#ping = ping;
  }

  async answers(): Promise<boolean> {
    const patience = new AbortController();
    const late = sleep(PATIENCE_MS, false, { signal: patience.signal, ref: false }).catch(() => false);
    const ping = this.#ping().then(
      () => true,
      () => false,
    );
    const answered = await Promise.race([ping, late]);
    patience.abort();
    return answered;
  }
}
