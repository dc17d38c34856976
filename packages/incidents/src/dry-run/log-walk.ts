import { setImmediate } from 'node:timers/promises';
import {
  Detector,
  Enricher,
  type FoldedBook,
  GroupsInMemory,
  HistoriesInMemory,
  LATEST_MS,
  type LogEvent,
  readEvent,
} from '@castellan/detection';
import { activityFrom, type ActivityPlace, type Queries, readUpTo } from '@castellan/storage';
import { otherOrganisations } from '../log-facts.js';
import type { Lists } from '../set-by-workspace.js';
import { StoredEvents } from '../stored-events.js';
import { EpisodesSoFar } from './episodes-so-far.js';
import { KnownSoFar } from './known-so-far.js';

export interface WalkedLog {
  readonly workspaceId: string;
  readonly integrationId: string;
  readonly from: Date;
  readonly until: Date;
  /** Events in memory at most: what rules ask of those before, they ask the log. */
  readonly kept: number;
}

/** Events that are read at a time. */
const PAGE = 500;
/** Others are served after so long at the latest, as far as events go. */
const SLOW_MS = 40;
const QUICK_MS = 10;

/** Rules over what is stored of an organisation's log, page by page, in memory. */
export class LogWalk {
  readonly episodes = new EpisodesSoFar();
  readonly #enricher: Enricher;
  readonly #groups = new GroupsInMemory();
  #detector: Detector;
  /** Shown to this detector, which keeps the events of as long as its rules may look back: months, maybe. */
  #shown = 0;
  #place: ActivityPlace;
  #reached: number;
  #atOnce = 32;
  #events = 0;
  #isOver = false;

  private constructor(
    private readonly queries: Queries,
    private readonly log: WalkedLog,
    private readonly known: KnownSoFar,
    private readonly rules: FoldedBook,
    lists: Lists,
  ) {
    // Before all events of that moment.
    this.#place = { published: log.from, key: '' };
    this.#reached = log.from.getTime();
    const { ownNetworks, threats } = lists;
    this.#enricher = new Enricher({ known, memory: new HistoriesInMemory(), ownNetworks, threats });
    this.#detector = this.#newDetector();
  }

  static async begin(queries: Queries, log: WalkedLog, rules: FoldedBook, lists: Lists): Promise<LogWalk> {
    const { integrationId } = log;
    const others = await otherOrganisations(queries, log);
    const known = new KnownSoFar(queries, { integrationId, others, breakGlass: lists.breakGlass });
    return new LogWalk(queries, log, known, rules, lists);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get events(): number {
    return this.#events;
  }

  /** Up to when it was read, in ms since 1970. */
  get reached(): number {
    return this.#place.published.getTime();
  }

  async page(): Promise<void> {
    const { integrationId, until } = this.log;
    const rows = await activityFrom(this.queries, integrationId, { after: this.#place, until, limit: PAGE });
    this.#place = rows.at(-1) ?? this.#place;
    const events = rows.flatMap(({ raw }): readonly LogEvent[] => {
      const event = readEvent(raw);
      return event === undefined ? [] : [event];
    });
    this.#events += events.length;
    await this.known.ask(events);
    await this.#detect(events);
    if (rows.length === PAGE) return;
    this.#isOver = true;
    this.#reached = Math.max(this.#reached, await readUpTo(this.queries, integrationId));
    this.episodes.tell(await this.#detector.detect([], this.#reached));
  }

  /** One that begins without events goes on with the windows as they are. */
  #newDetector(): Detector {
    const earlier = new StoredEvents(this.queries, this.log.integrationId, async (events) => {
      await this.known.ask(events);
      return this.#enricher;
    });
    return new Detector(this.rules.book, this.#enricher, this.#groups, earlier);
  }

  /** So many at once as take a moment: rules may be slow, and what is found does not depend on it. */
  async #detect(events: readonly LogEvent[]): Promise<void> {
    for (let from = 0; from < events.length; ) {
      const batch = events.slice(from, from + this.#atOnce);
      from += batch.length;
      if (this.#shown > 0 && this.#shown + batch.length > this.log.kept) {
        this.#detector = this.#newDetector();
        this.#shown = 0;
      }
      this.#shown += batch.length;
      const began = performance.now();
      this.#reached = Math.max(this.#reached, ...batch.map(({ at }) => Math.min(at, this.log.until.getTime() + LATEST_MS)));
      this.episodes.tell(await this.#detector.detect(batch, this.#reached));
      const ms = performance.now() - began;
      if (ms > SLOW_MS) this.#atOnce = Math.max(1, Math.floor(this.#atOnce / 2));
      if (ms < QUICK_MS) this.#atOnce = Math.min(PAGE, this.#atOnce * 2);
      await setImmediate();
    }
  }
}
