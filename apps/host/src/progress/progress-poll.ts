import { setTimeout as sleep } from 'node:timers/promises';
import type { SchedulingLog } from '@castellan/scheduling';
import { type Present, presentOf } from './present.js';
import { type ProgressSource, WorkspaceProgress } from './workspace-progress.js';

export type ProgressListener = (present: Present) => void;

interface Watched {
  readonly progress: WorkspaceProgress;
  readonly listeners: Set<ProgressListener>;
  dueAt: number;
  /** Two looks at once would each take the other's rows for news. */
  isUnderWay: boolean;
}

/** While a run is under way. */
const LIVE_MS = 1_000;
/** A change of state is on the screen within 2 s. */
const QUIET_MS = 1_500;
/** After the database has failed. */
const FAILED_MS = 3_000;
/** Each takes a connection of the pool. With one, a workspace that takes long to read would be all that anybody sees. */
const LOOKS_AT_ONCE = 2;

/**
 * Looks at the rows for all who watch: one look for a workspace however many they are, none where nobody does, and two
 * workspaces at once, so that watching takes two connections of the pool and slows down instead of piling up.
 */
export class ProgressPoll {
  readonly #source: ProgressSource;
  readonly #log: SchedulingLog;
  readonly #watched = new Map<string, Watched>();
  readonly #looks = new Set<Promise<void>>();
  #wake = new AbortController();
  #isRunning = false;
  #loop: Promise<void> = Promise.resolve();
  #isStopped = false;
  #hasFailed = false;

  constructor(source: ProgressSource, log: SchedulingLog) {
    this.#source = source;
    this.#log = log;
  }

  /** The listener hears of a look that begins now, and of every later one. @returns ends it. */
  listen(workspaceId: string, listener: ProgressListener): () => void {
    const watched = this.#watched.get(workspaceId) ?? this.#watch(workspaceId);
    watched.listeners.add(listener);
    watched.dueAt = 0;
    this.#wake.abort();
    if (!this.#isRunning && !this.#isStopped) this.#loop = this.#run();
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0 && this.#watched.get(workspaceId) === watched) this.#watched.delete(workspaceId);
    };
  }

  #watch(workspaceId: string): Watched {
    const watched = {
      progress: new WorkspaceProgress(this.#source, workspaceId),
      listeners: new Set<ProgressListener>(),
      dueAt: 0,
      isUnderWay: false,
    };
    this.#watched.set(workspaceId, watched);
    return watched;
  }

  /** Waits for the looks under way, so that the database is not closed under it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wake.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#watched.size + this.#looks.size > 0 && !this.#isStopped) {
      const next = this.#next();
      const wait = next === undefined ? FAILED_MS : next.dueAt - performance.now();
      if (next === undefined || wait > 0) await this.#pause(wait);
      else this.#begin(next);
    }
    await Promise.all(this.#looks);
    this.#isRunning = false;
  }

  /** `undefined`: none until a look is over. */
  #next(): Watched | undefined {
    if (this.#looks.size >= LOOKS_AT_ONCE) return undefined;
    const free = [...this.#watched.values()].filter(({ isUnderWay }) => !isUnderWay);
    return free.toSorted((a, b) => a.dueAt - b.dueAt)[0];
  }

  #begin(watched: Watched): void {
    const look = this.#look(watched).finally(() => {
      this.#looks.delete(look);
      this.#wake.abort();
    });
    this.#looks.add(look);
  }

  /** Until then, or until somebody comes or a look is over. */
  async #pause(ms: number): Promise<void> {
    this.#wake = new AbortController();
    await sleep(ms, undefined, { signal: this.#wake.signal, ref: false }).catch(() => undefined);
  }

  async #look(watched: Watched): Promise<void> {
    // Who comes during the look waits for the next: of an integration made just before he came this one may know nothing.
    const listeners = [...watched.listeners];
    watched.dueAt = Number.POSITIVE_INFINITY;
    watched.isUnderWay = true;
    const rest = await this.#tell(watched, listeners);
    watched.isUnderWay = false;
    if (watched.dueAt === Number.POSITIVE_INFINITY) watched.dueAt = performance.now() + rest;
  }

  /** @returns how long to rest. */
  async #tell({ progress, listeners }: Watched, told: readonly ProgressListener[]): Promise<number> {
    try {
      const all = await progress.read();
      this.#hasFailed = false;
      const present = presentOf(all);
      for (const listener of told) if (listeners.has(listener)) listener(present);
      return all.some(({ run }) => run !== null) ? LIVE_MS : QUIET_MS;
    } catch (error) {
      if (!this.#hasFailed) this.#log.warn('progress not read', { error: String(error) });
      this.#hasFailed = true;
      return FAILED_MS;
    }
  }
}
