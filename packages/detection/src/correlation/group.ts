import type { Held } from './below.js';
import type { Entry } from './entry.js';
import type { Episode } from './episode.js';
import type { KeptEvent } from './event-lookup.js';

/** What is kept of a group of a correlation. It can be written down and read again at any time. */
export interface GroupState {
  readonly entries: readonly Entry[];
  /** Windows that end before it stay what they are. */
  readonly settledUntil: number;
  /** What they make, as far as windows to come may go on with it. */
  readonly settled: readonly Episode[];
  /** What was told, of the same time. */
  readonly told: readonly Episode[];
  /** When something is missed that has not come by then; `null`: nothing will be. */
  readonly dueAt: number | null;
  /** When nothing of it is of use any more, should nothing come. */
  readonly endsAt: number;
  /** What the windows of correlations hold whose hits are its entries; none, where it is about detections. */
  readonly below?: readonly KeptEvent[];
}

/** Nothing is ever put into it. */
const NO_ENTRIES: Entry[] = [];
const NO_EPISODES: readonly Episode[] = [];
const NOTHING_BELOW: readonly KeptEvent[] = [];
const NO_WINDOWS: Held[] = [];

/** A group of a correlation: what is kept of it, which changes as hits come, and what has come since. There are millions of them. */
export class Group implements GroupState {
  entries: readonly Entry[] = NO_ENTRIES;
  settledUntil = 0;
  settled = NO_EPISODES;
  told = NO_EPISODES;
  dueAt: number | null = null;
  endsAt = 0;
  below = NOTHING_BELOW;
  added = NO_ENTRIES;
  /** What is taken back: only a correlation takes back what it has told another. */
  removed = NO_ENTRIES;
  /** The windows that what has come stands for. */
  held = NO_WINDOWS;
  /** Whether it is among those that are judged next. */
  isCalled = false;

  constructor(readonly name: string) {}

  /** As it was written down. */
  static of(name: string, state: GroupState): Group {
    const group = new Group(name);
    group.become(state);
    return group;
  }

  become({ entries, settledUntil, settled, told, dueAt, endsAt, below = NOTHING_BELOW }: GroupState): void {
    this.entries = entries;
    this.settledUntil = settledUntil;
    this.settled = settled;
    this.told = told;
    this.dueAt = dueAt;
    this.endsAt = endsAt;
    this.below = below;
  }

  add(entry: Entry): void {
    if (this.added === NO_ENTRIES) this.added = [entry];
    else this.added.push(entry);
  }

  remove(entry: Entry): void {
    if (this.removed === NO_ENTRIES) this.removed = [entry];
    else this.removed.push(entry);
  }

  /** Keeps the window that an entry to come stands for. */
  hold(held: Held): void {
    if (this.held === NO_WINDOWS) this.held = [held];
    else this.held.push(held);
  }

  /** What has come is part of what is kept, or is not. */
  settleArrived(): void {
    this.added = NO_ENTRIES;
    this.removed = NO_ENTRIES;
    this.held = NO_WINDOWS;
    this.isCalled = false;
  }

  /** Nothing to come goes on with anything of it. */
  get isEmpty(): boolean {
    return this.entries.length === 0 && this.settled.length === 0 && this.told.length === 0;
  }

  /** What is to be written down. */
  toJSON(): GroupState {
    const { entries, settledUntil, settled, told, dueAt, endsAt, below } = this;
    const state = { entries, settledUntil, settled, told, dueAt, endsAt };
    return below.length === 0 ? state : { ...state, below };
  }
}
