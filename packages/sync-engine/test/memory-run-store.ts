import type { ErrorView, Json, Scope, Stale, StreamInfo } from '@castellan/connector-sdk';
import {
  type ClaimedRun,
  type DeltaCommit,
  type LeaseState,
  FenceLostError,
  type PageCommit,
  type PageResult,
  type RefreshCommit,
  type RunCause,
  type RunLease,
  type RunOutcome,
  type RunProgress,
  type RunStore,
  type StaleBatch,
  type StaleStream,
  type StreamHistory,
} from '../src/index.js';

/** One run in memory: what the engine asks of a store, so that a test can look at each call. Storage's own tests use PostgreSQL. */
export class MemoryRunStore implements RunStore {
  fence = 0;
  attempt = 0;
  mode: 'full' | 'poll' = 'full';
  cause: RunCause = 'manual';
  readonly opened: string[][] = [];
  owner: string | undefined;
  over = false;
  cancelled = false;
  isPlaceWanted = false;
  /** Of each turn that was asked for, whether it might be a full run's. */
  readonly turns: boolean[] = [];
  readonly complete = new Set<string>();
  readonly cursors = new Map<string, Json>();
  readonly keys: string[] = [];
  readonly stopped: { stream: string; status: string; error: ErrorView }[] = [];
  readonly outcomes: RunOutcome[] = [];
  beforeCommit: ((page: PageCommit) => unknown) | undefined;

  async claim(runId: string, owner: string): Promise<ClaimedRun | undefined> {
    if (this.over || this.owner !== undefined) return undefined;
    this.owner = owner;
    this.fence += 1;
    return {
      runId,
      integrationId: 'i',
      connectorId: 'sample',
      streams: [],
      fence: this.fence,
      attempt: this.attempt,
      mode: this.mode,
      cause: this.cause,
    };
  }
  async claimNext(owner: string, _leaseMs: number, withFull: boolean): Promise<ClaimedRun | undefined> {
    this.turns.push(withFull);
    return withFull || this.mode === 'poll' ? this.claim('r', owner) : undefined;
  }
  /** What another host does when the lease has run out. */
  takeOver(): void {
    this.fence += 1;
  }
  async renew(lease: RunLease, _leaseMs: number, isTurnOver = false): Promise<LeaseState> {
    if (lease.fence !== this.fence) return 'lost';
    if (this.cancelled) return 'cancelled';
    return isTurnOver && this.isPlaceWanted ? 'wanted' : 'held';
  }
  readonly progress: RunProgress[] = [];
  async noteProgress(_: RunLease, progress: RunProgress): Promise<void> {
    this.progress.push(progress);
  }
  async openStreams(_: RunLease, streams: readonly StreamInfo[], again = false) {
    if (again) for (const { name } of streams) this.complete.delete(name);
    this.opened.push(streams.map(({ name }) => name));
    return streams.map(({ name }) => ({ stream: name, complete: this.complete.has(name), cursor: this.cursors.get(name) }));
  }
  async commitPage(lease: RunLease, page: PageCommit): Promise<PageResult> {
    await this.beforeCommit?.(page);
    if (lease.fence !== this.fence) throw new FenceLostError(lease.runId);
    this.keys.push(...page.records.map((record) => record.key));
    this.keepStale(page.stale);
    if (page.progress.done)
      this.stale = this.stale.filter(({ stream, scope }) => stream !== page.stream.name || scope !== undefined);
    if (page.progress.done) this.complete.add(page.stream.name);
    else this.cursors.set(page.stream.name, page.progress.cursor);
    return { created: page.records.length, changed: 0, unchanged: 0, removed: 0 };
  }
  async stopStream(_: RunLease, stream: StreamInfo, status: 'skipped' | 'incomplete', error: ErrorView): Promise<void> {
    this.stopped.push({ stream: stream.name, status, error });
  }
  async finish(lease: RunLease, outcome: RunOutcome): Promise<void> {
    if (lease.fence !== this.fence) throw new FenceLostError(lease.runId);
    this.outcomes.push(outcome);
    this.owner = undefined;
    this.over = outcome.state !== 'waiting' && outcome.state !== 'queued';
    if (outcome.state === 'waiting') this.attempt += 1;
  }
  synced() {
    return {
      async *entries() {},
      async get() {
        return undefined;
      },
      async *where() {},
    };
  }
  readonly histories: StreamHistory[] = [];
  async history(): Promise<readonly StreamHistory[]> {
    return this.histories;
  }
  reconciled = false;
  async reconciles(): Promise<void> {
    this.reconciled = true;
  }

  /** Parts that wait, in the order in which they came. */
  stale: { id: string; stream: string; scope: Scope | undefined; delta: boolean; low: boolean; attempts: number }[] = [];
  #ids = 0;
  keepStale(parts: readonly Stale[]): void {
    for (const { stream, scope, low = false, delta = false } of parts) {
      this.#ids += 1;
      this.stale.push({ id: String(this.#ids), stream, scope, low, delta, attempts: 0 });
    }
  }
  async staleStreams(): Promise<readonly StaleStream[]> {
    return [...new Set(this.stale.map(({ stream }) => stream))].map((stream) => {
      const own = this.stale.filter((one) => one.stream === stream);
      const parts = own.filter(({ scope }) => scope !== undefined);
      return {
        stream,
        whole: own.some(({ scope, delta }) => scope === undefined && !delta),
        delta: own.some(({ delta }) => delta),
        leftToFull: false,
        parts: parts.length,
        low: parts.filter(({ low }) => low).length,
      };
    });
  }
  async takeStale(_: RunLease, stream: string, limit: number, withLow: boolean): Promise<StaleBatch> {
    const parts = this.stale
      .toSorted((a, b) => a.attempts - b.attempts)
      .flatMap(({ id, stream: own, scope, low }) =>
        own === stream && scope !== undefined && (withLow || !low) ? [{ id, scope }] : [],
      );
    return { since: 'now', parts: parts.slice(0, limit) };
  }
  readonly refreshes: string[] = [];
  async commitRefresh(lease: RunLease, page: RefreshCommit): Promise<PageResult> {
    if (lease.fence !== this.fence) throw new FenceLostError(lease.runId);
    this.refreshes.push(`${page.stream.name}: ${page.complete.map(({ value }) => value).join()}`);
    this.stale = this.stale.filter(({ id }) => !page.answered.includes(id));
    this.keepStale(page.stale);
    return { created: 0, changed: 0, unchanged: page.records.length, removed: 0 };
  }
  readonly deltas: string[] = [];
  async commitDelta(_: RunLease, page: DeltaCommit): Promise<PageResult> {
    if (page.resumeFrom !== undefined)
      this.stale = this.stale.filter(({ stream, delta }) => stream !== page.stream.name || !delta);
    this.deltas.push(`${page.stream.name}: ${page.records.length} ${JSON.stringify(page.resumeFrom ?? null)}`);
    this.keepStale(page.stale);
    return { created: 0, changed: page.records.length, unchanged: 0, removed: 0 };
  }
  readonly wholeFailures: string[] = [];
  async wholeFailed(_: RunLease, stream: string): Promise<void> {
    this.wholeFailures.push(stream);
  }
  async staleFailed(_: RunLease, ids: readonly string[]): Promise<number> {
    for (const part of this.stale) if (ids.includes(part.id)) part.attempts += 1;
    return 0;
  }
  async dueRuns(): Promise<readonly string[]> {
    return [];
  }
}
