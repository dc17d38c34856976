import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncContext, SyncMessage } from './connector.js';
import { AbortedError, type AnyConnectorError, ConnectorError, type ErrorView, withNeeds } from './errors.js';
import type { PageMessage } from './read-stream.js';
import type { AnyStream } from './stream.js';

/** How long a stream that was told to stop may take to unwind before it is left behind, in milliseconds. */
const UNWIND_MS = 2_000;

export type Turn =
  | { readonly stream: string; readonly message: PageMessage }
  | { readonly stream: string; readonly failure: AnyConnectorError }
  | { readonly stream: string; readonly complete: true };

interface Reading {
  readonly requires: readonly string[];
  readonly pages: AsyncGenerator<PageMessage, void, void>;
  /** Its page is being made, or lies in the inbox. */
  busy: boolean;
}

/** The streams of one run: which wait for others, which are being read, which are through. */
export class StreamRace<Client> {
  readonly #waiting: Map<string, AnyStream<Client>>;
  readonly #asked: ReadonlySet<string>;
  readonly #complete: Set<string>;
  /** Why each stream that will not be complete is not. */
  readonly #failed = new Map<string, ErrorView>();
  readonly #reading = new Map<string, Reading>();
  readonly #signal: AbortSignal;
  // An inbox and not Promise.race: racing leaves a reaction on each slow stream's promise with every page of a fast one.
  readonly #inbox: Turn[] = [];
  #wake: (() => void) | undefined;
  readonly #onAbort = (): void => this.#wake?.();

  constructor(streams: readonly AnyStream<Client>[], context: Pick<SyncContext<object>, 'completed' | 'signal'>) {
    this.#waiting = new Map(streams.map((stream) => [stream.name, stream]));
    this.#asked = new Set(this.#waiting.keys());
    this.#complete = new Set(context.completed);
    this.#signal = context.signal;
    this.#signal.addEventListener('abort', this.#onAbort);
  }

  /** Streams all of whose dependencies are complete. One that is not part of this run counts: its rows are from before. */
  takeReady(): readonly AnyStream<Client>[] {
    const ready = [...this.#waiting.values()].filter((stream) =>
      stream.dependsOn.every((name) => this.#complete.has(name) || !this.#asked.has(name)),
    );
    for (const stream of ready) this.#waiting.delete(stream.name);
    return ready;
  }

  /** Streams that will never start, because one that they depend on was not read. */
  takeBlocked(): readonly SyncMessage[] {
    const blocked: SyncMessage[] = [];
    // The streams are in dependency order, so one pass also finds what depends on what it has just found.
    for (const stream of this.#waiting.values()) {
      const dependency = stream.dependsOn.find((name) => this.#failed.has(name));
      const cause = dependency === undefined ? undefined : this.#failed.get(dependency);
      if (cause === undefined) continue;
      this.#waiting.delete(stream.name);
      const error = { ...cause, message: `Not read, because ${dependency} could not be read: ${cause.message}` };
      this.#failed.set(stream.name, cause);
      blocked.push({ type: 'stopped', stream: stream.name, status: 'skipped', error });
    }
    return blocked;
  }

  add(stream: AnyStream<Client>, pages: AsyncGenerator<PageMessage, void, void>): void {
    this.#reading.set(stream.name, { pages, requires: stream.requires, busy: false });
  }

  /** Sets every idle stream to work and gives back the first result; `undefined` when all are through. */
  async next(): Promise<Turn | undefined> {
    for (const [name, reading] of this.#reading) {
      if (!reading.busy) void this.#advance(name, reading);
    }
    if (this.#reading.size === 0) return undefined;
    const first = this.#reading.keys().next().value ?? '';
    while (!this.#signal.aborted && this.#inbox.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    // Neither a page that is there already nor the stream itself: one that ignores its signal must not hold the run.
    if (this.#signal.aborted) return this.#settle({ stream: first, failure: AbortedError.of(this.#signal) });
    const turn = this.#inbox.shift();
    return turn === undefined ? undefined : this.#settle(turn);
  }

  /** Ends what is still being read. The streams' signal must have been aborted before. */
  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#onAbort);
    const unwound = Promise.allSettled([...this.#reading.values()].map(({ pages }) => pages.return()));
    const patience = new AbortController();
    await Promise.race([unwound, sleep(UNWIND_MS, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
  }

  #settle(turn: Turn): Turn {
    if ('message' in turn) {
      const reading = this.#reading.get(turn.stream);
      if (reading !== undefined) reading.busy = false;
      return turn;
    }
    this.#reading.delete(turn.stream);
    if ('failure' in turn) this.#failed.set(turn.stream, turn.failure.view());
    else this.#complete.add(turn.stream);
    return turn;
  }

  async #advance(stream: string, reading: Reading): Promise<void> {
    reading.busy = true;
    try {
      const { done, value } = await reading.pages.next();
      this.#inbox.push(done === true ? { stream, complete: true } : { stream, message: value });
    } catch (error) {
      const failure = this.#signal.aborted ? AbortedError.of(this.#signal) : ConnectorError.from(error);
      this.#inbox.push({ stream, failure: withNeeds(failure, reading.requires) });
    }
    this.#wake?.();
  }
}

export function stoppedMessage(stream: string, error: AnyConnectorError): SyncMessage {
  return {
    type: 'stopped',
    stream,
    status: error.kind === 'permission' ? 'skipped' : 'incomplete',
    error: error.view(),
    ...(error.detail !== undefined && { detail: error.detail }),
  };
}
