import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Connector,
  type ConnectorContext,
  ConnectorError,
  ERROR_POLICY,
  type ErrorView,
  type Json,
  type Logger,
  type StreamInfo,
  type SyncContext,
  type SyncPlan,
} from '@castellan/connector-sdk';
import type { ClaimedRun, RunStore, StaleStream, StreamHistory, SweepRule } from '../ports/run-store.js';
import type { ReadResult } from './outcome.js';
import { PageReader } from './page-reader.js';
import { StaleDrain } from './stale-drain.js';
import { untilAborted } from './until-aborted.js';

export interface WorkParts {
  readonly runs: RunStore;
  readonly claimed: ClaimedRun;
  readonly connector: Connector;
  readonly context: ConnectorContext<object>;
  /** Those that this integration reads, in dependency order. */
  readonly streams: readonly StreamInfo[];
  readonly sweepRule: SweepRule;
  readonly logger: Logger;
  readonly onProgress: () => void;
  readonly onPlan: (plan: SyncPlan) => void;
  /** How often the log is read while a listing takes long. */
  readonly followMs: number;
}

const NOTHING: ReadResult = { asked: 0, complete: 0, errors: [] };
/** How often a stream is asked for what has changed although its log is read: for what the log has not said. */
const DELTA_MS = 60 * 60_000;
/** The same where no log can be read. */
const DELTA_WITHOUT_LOG_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** What one run reads, in which order. */
export class RunWork {
  readonly #parts: WorkParts;
  readonly #history = new Map<string, StreamHistory>();
  /** Streams that this run has listed to their end: no page of theirs is under way any more. */
  readonly #listed = new Set<string>();

  constructor(parts: WorkParts) {
    this.#parts = parts;
  }

  async run(): Promise<ReadResult> {
    await this.#recall();
    return this.#parts.claimed.mode === 'poll' ? this.#poll() : this.#full();
  }

  /**
   * Everything is listed. Where it was listed before, the log comes first, and what it names is read again: what the
   * listings change after that is what nobody has said, and is counted as drift.
   */
  async #full(): Promise<ReadResult> {
    const { runs, claimed, logger } = this.#parts;
    const overdue = new Set((await this.#stale()).filter((stale) => stale.leftToFull).map(({ stream }) => stream));
    const wanted = this.#parts.streams.filter((stream) => overdue.has(stream.name) || this.#isDue(stream));
    const changes = wanted.filter(isOfChanges);
    const known = wanted.some((stream) => !isOfChanges(stream) && this.#history.get(stream.name)?.listedAt !== undefined);
    if (!known || changes.length === 0) return this.#listAndDrain(wanted);
    const first = await this.#listAndDrain(changes);
    if (endsRun(first)) return { ...first, asked: wanted.length };
    // What is still waiting would be found by the listings and look as if nobody had named it.
    if (first.errors.length === 0 && (await this.#stale()).every(({ parts, whole }) => parts === 0 && !whole))
      await runs.reconciles(claimed);
    else logger.info('not all that the log names was read again, so this run cannot tell drift');
    return merged(first, await this.#listAndDrain(wanted.filter((stream) => !isOfChanges(stream))));
  }

  /** The log, what it names, and now and then what it may have left out. */
  async #poll(): Promise<ReadResult> {
    const { streams, runs, claimed } = this.#parts;
    // Again: a poll that has waited must see what has happened meanwhile.
    const log = withoutForbidden(await this.#list(streams.filter(isOfChanges), true));
    if (endsRun(log)) return log;
    const isRead = streams.some((stream) => isOfChanges(stream) && this.#listed.has(stream.name));
    const delta = await this.#deltas(isRead ? DELTA_MS : DELTA_WITHOUT_LOG_MS);
    const whole = (await this.#stale()).filter((one) => one.whole).map(({ stream }) => stream);
    const relisted = await this.#list(streams.filter(({ name }) => whole.includes(name)));
    for (const name of whole) if (!this.#listed.has(name)) await runs.wholeFailed(claimed, name);
    const read = merged(merged(log, delta), relisted);
    return endsRun(read) ? read : merged(read, await this.#drain());
  }

  #stale(): Promise<readonly StaleStream[]> {
    const { runs, claimed, streams } = this.#parts;
    return runs.staleStreams(
      claimed,
      streams.map(({ name }) => name),
    );
  }

  async #listAndDrain(streams: readonly StreamInfo[]): Promise<ReadResult> {
    const stop = new AbortController();
    const following = this.#follow(AbortSignal.any([stop.signal, this.#parts.context.signal]));
    const read = await this.#list(streams).finally(async () => {
      stop.abort();
      await following;
    });
    return endsRun(read) ? read : merged(read, await this.#drain());
  }

  /**
   * While a listing takes long, the log is read every minute, and what it names is read again where the listing is through
   * with the stream: of the others an older page might be committed after the newer part.
   */
  async #follow(stop: AbortSignal): Promise<void> {
    const { streams, followMs, logger } = this.#parts;
    const changes = streams.filter(isOfChanges);
    for (;;) {
      await sleep(followMs, undefined, { signal: stop, ref: false }).catch(() => undefined);
      if (stop.aborted) return;
      if (changes.length === 0 || !changes.every(({ name }) => this.#listed.has(name))) continue;
      try {
        const read = await this.#list(changes, true);
        const { errors } = endsRun(read) ? read : merged(read, await this.#drain((name) => this.#listed.has(name)));
        if (errors.length > 0) logger.info('the log could not be followed', { error: errors[0] });
      } catch (error) {
        // The listing meets whatever it is, and says how the run ends.
        logger.info('the log could not be followed', { error: String(error) });
        return;
      }
    }
  }

  #isDue({ name, listedEveryDays }: StreamInfo): boolean {
    const { claimed, context } = this.#parts;
    if (claimed.streams.length > 0) return claimed.streams.includes(name);
    const { listedAt, status } = this.#history.get(name) ?? {};
    if (listedEveryDays === undefined || listedAt === undefined || claimed.cause !== 'scheduled') return true;
    // Its last listing was cut, by a person or a fault: it must not look unread until its day comes.
    if (status !== 'complete') return true;
    // An hour less: a run that begins a little earlier than the last time must not put it off for another day.
    return context.now().getTime() - listedAt.getTime() >= listedEveryDays * DAY_MS - 3_600_000;
  }

  async #list(streams: readonly StreamInfo[], again = false): Promise<ReadResult> {
    if (streams.length === 0) return NOTHING;
    const { runs, claimed, connector, sweepRule, logger, onProgress, onPlan } = this.#parts;
    const positions = await runs.openStreams(claimed, streams, again);
    const completed = positions.filter(({ complete }) => complete).map(({ stream }) => stream);
    for (const name of completed) this.#listed.add(name);
    const saved = positions.flatMap(({ stream, cursor }): [string, Json][] => (cursor === undefined ? [] : [[stream, cursor]]));
    const onComplete = (name: string): void => void this.#listed.add(name);
    const reader = new PageReader(runs, claimed, streams, sweepRule, logger, completed.length, onComplete);
    const context: SyncContext<object> = {
      ...this.#parts.context,
      streams: streams.map(({ name }) => name),
      completed,
      checkpoints: Object.fromEntries(saved),
      last: Object.fromEntries(this.#resumeFrom()),
      synced: runs.synced(claimed),
    };
    for await (const message of untilAborted(connector.sync(context), context.signal)) {
      onProgress();
      // The plan of a second look at the log is not the run's.
      if (message.type === 'plan' && !again) onPlan(message.plan);
      await reader.take(message);
      onProgress();
    }
    return reader.result;
  }

  async #drain(isOpen: (stream: string) => boolean = () => true): Promise<ReadResult> {
    const { runs, claimed, connector, context, streams, logger, onProgress } = this.#parts;
    if (context.signal.aborted) return NOTHING;
    await this.#recall();
    const resumeFrom = this.#resumeFrom();
    const synced = runs.synced(claimed);
    const parts = { runs, claimed, connector, context, streams, isOpen, synced, resumeFrom, logger, onProgress };
    const drain = new StaleDrain(parts);
    return { ...NOTHING, errors: await drain.run() };
  }

  async #deltas(everyMs: number): Promise<ReadResult> {
    const { streams, context } = this.#parts;
    const errors: ErrorView[] = [];
    const asked = new Set((await this.#stale()).filter((stale) => stale.delta).map(({ stream }) => stream));
    for (const stream of streams.filter(({ hasDelta }) => hasDelta)) {
      const { resumeFrom, deltaAt } = this.#history.get(stream.name) ?? {};
      const isDue = deltaAt === undefined || context.now().getTime() - deltaAt.getTime() >= everyMs;
      if (resumeFrom === undefined || !(isDue || asked.has(stream.name))) continue;
      const error = await this.#delta(stream, resumeFrom);
      if (error !== undefined) errors.push(error);
      if (error !== undefined && ERROR_POLICY[error.kind].ends === 'run') break;
    }
    return { ...NOTHING, errors };
  }

  async #delta(stream: StreamInfo, since: Json): Promise<ErrorView | undefined> {
    const { runs, claimed, connector, context, logger, onProgress } = this.#parts;
    const synced = runs.synced(claimed);
    try {
      const messages = connector.delta({ ...context, stream: stream.name, since, synced });
      for await (const message of untilAborted(messages, context.signal)) {
        onProgress();
        await runs.commitDelta(claimed, { ...message, stream });
      }
      return undefined;
    } catch (error) {
      if (!ConnectorError.is(error)) throw error;
      logger.warn('delta stopped', { stream: stream.name, error: error.view(), detail: error.detail });
      return error.view();
    }
  }

  /** What the last complete listings have left, by stream. */
  #resumeFrom(): ReadonlyMap<string, Json> {
    const left = new Map<string, Json>();
    for (const { stream, resumeFrom } of this.#history.values()) if (resumeFrom !== undefined) left.set(stream, resumeFrom);
    return left;
  }

  async #recall(): Promise<void> {
    for (const known of await this.#parts.runs.history(this.#parts.claimed)) this.#history.set(known.stream, known);
  }
}

function isOfChanges({ semantics }: StreamInfo): boolean {
  return semantics === 'changes';
}

function merged(a: ReadResult, b: ReadResult): ReadResult {
  return { asked: a.asked + b.asked, complete: a.complete + b.complete, errors: [...a.errors, ...b.errors] };
}

function endsRun({ errors }: ReadResult): boolean {
  return errors.some((error) => ERROR_POLICY[error.kind].ends === 'run');
}

/** A log that may not be read is no failure of each poll: the stream itself says so, and deltas stand in for it. */
function withoutForbidden(read: ReadResult): ReadResult {
  const errors = read.errors.filter(({ kind }) => kind !== 'permission');
  return { ...read, asked: read.asked - (read.errors.length - errors.length), errors };
}
