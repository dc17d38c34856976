import type { ErrorView, Json, StreamInfo } from '@castellan/connector-sdk';
import {
  type ClaimedRun,
  FenceLostError,
  type PageCommit,
  type PageResult,
  type RunLease,
  type RunOutcome,
  type RunStore,
} from '../src/index.js';

/** One run in memory: what the engine asks of a store, so that a test can look at each call. Storage's own tests use PostgreSQL. */
export class MemoryRunStore implements RunStore {
  fence = 0;
  attempt = 0;
  mode: 'full' | 'poll' = 'full';
  owner: string | undefined;
  over = false;
  cancelled = false;
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
      cause: 'manual',
    };
  }
  /** What another host does when the lease has run out. */
  takeOver(): void {
    this.fence += 1;
  }
  async renew(lease: RunLease): Promise<'held' | 'lost' | 'cancelled'> {
    if (lease.fence !== this.fence) return 'lost';
    return this.cancelled ? 'cancelled' : 'held';
  }
  async openStreams(_: RunLease, streams: readonly StreamInfo[]) {
    return streams.map(({ name }) => ({ stream: name, complete: this.complete.has(name), cursor: this.cursors.get(name) }));
  }
  async commitPage(lease: RunLease, page: PageCommit): Promise<PageResult> {
    await this.beforeCommit?.(page);
    if (lease.fence !== this.fence) throw new FenceLostError(lease.runId);
    this.keys.push(...page.records.map((record) => record.key));
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
  async history() {
    return [];
  }
  async reconciles(): Promise<void> {}
  async staleStreams() {
    return [];
  }
  async takeStale() {
    return { since: '', parts: [] };
  }
  async commitRefresh(): Promise<PageResult> {
    return { created: 0, changed: 0, unchanged: 0, removed: 0 };
  }
  async commitDelta(): Promise<PageResult> {
    return { created: 0, changed: 0, unchanged: 0, removed: 0 };
  }
  async staleFailed(): Promise<number> {
    return 0;
  }
  async dueRuns(): Promise<readonly string[]> {
    return [];
  }
}
