import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../callers/caller.js';
import type { CallerWatch } from '../callers/caller-watch.js';

/** With the patience below it: a stream ends within 5 s after a sign-out on any host. */
const EVERY_MS = 2_000;
/** A database that does not say is as good as one that says no: nobody may watch on because it is slow. */
const PATIENCE_MS = 2_000;

/** `unknown`: nobody could be asked. */
export type Verdict = 'invalid' | 'unknown';

interface Checked {
  readonly caller: Caller;
  readonly onEnd: Set<(verdict: Verdict) => void>;
}

/** Asks again and again whether those who watch may still do so: once for a caller, however many streams he has. */
export class CallerChecks {
  readonly #watch: CallerWatch;
  readonly #checked = new Map<string, Checked>();
  #timer: NodeJS.Timeout | undefined;
  #isAsking = false;

  constructor(watch: CallerWatch) {
    this.#watch = watch;
  }

  /** @param onEnd called once. @returns ends it. */
  add(caller: Caller, onEnd: (verdict: Verdict) => void): () => void {
    const key = `${caller.kind} ${caller.id} ${caller.sessionId ?? ''}`;
    const checked = this.#checked.get(key) ?? { caller, onEnd: new Set() };
    this.#checked.set(key, checked);
    checked.onEnd.add(onEnd);
    this.#timer ??= setInterval(() => void this.#askAll(), EVERY_MS).unref();
    return () => {
      checked.onEnd.delete(onEnd);
      if (checked.onEnd.size === 0 && this.#checked.get(key) === checked) this.#checked.delete(key);
      if (this.#checked.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  async #askAll(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    await Promise.all([...this.#checked.values()].map((checked) => this.#ask(checked)));
    this.#isAsking = false;
  }

  async #ask({ caller, onEnd }: Checked): Promise<void> {
    const patience = new AbortController();
    const late = sleep(PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).catch(() => undefined);
    const asked = this.#watch.isStillValid(caller).catch(() => undefined);
    const isValid = await Promise.race([asked, late]);
    patience.abort();
    if (isValid === true) return;
    for (const end of onEnd) end(isValid === false ? 'invalid' : 'unknown');
  }
}
