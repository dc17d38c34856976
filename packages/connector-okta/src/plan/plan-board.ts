import type { BucketPlan, SyncPlan } from '@castellan/connector-sdk';
import { guessOf } from '../client/buckets.js';
import type { AppGroupRoute } from './app-group-route.js';
import { type Calls, callsOf, floorOf, type OrgFacts, type Routes, sumOf } from './formula.js';
import { OrgCount } from './org-count.js';

/** What the http client knows of the provider's limits; each is absent where it does not say. */
export interface Pace {
  /** Calls a minute that may be spent. */
  limitOf?(bucket: string): number | undefined;
  /** Milliseconds until the last of so many further calls may go. */
  forecast?(bucket: string, calls: number): number | undefined;
}

export interface PlanBoardOptions {
  /** Streams that the whole run reads. */
  readonly streams: readonly string[];
  /** Those of them that were read before this process took the run up. */
  readonly completed: readonly string[];
  readonly now: () => Date;
  readonly pace: () => Pace | undefined;
  /** The part of a limit that may be spent, 0 to 1: for guesses only, since the pace has it in already. */
  readonly share: number;
  readonly skinnyUsers: boolean;
  /** What the settings leave out, a sentence each. */
  readonly leftOut: readonly string[];
}

/** A plan whose totals are the same is said again after so many milliseconds at the earliest. */
const SAID_AGAIN_MS = 1_000;

/** Where the streams of one run write what they will cost, and from where the run's plan is read. */
export class PlanBoard {
  readonly count = new OrgCount();
  readonly #options: PlanBoardOptions;
  /** What is left of them for this process. */
  readonly #streams: readonly string[];
  readonly #done = new Map<string, number>();
  readonly #expected = new Map<string, Calls>();
  readonly #expectedRows = new Map<string, number>();
  readonly #finished = new Set<string>();
  readonly #routes = new Map<string, string>();
  readonly #leftOut = new Map<string, string>();
  #chosen: Routes;
  #said: { readonly plan: SyncPlan; readonly at: number; readonly totals: string; readonly numbers: string } | undefined;

  constructor(options: PlanBoardOptions) {
    this.#options = options;
    this.#streams = options.streams.filter((stream) => !options.completed.includes(stream));
    this.#chosen = { appGroups: 'apps', skinnyUsers: options.skinnyUsers };
  }

  /** One call was made. */
  sent(bucket: string): void {
    this.#done.set(bucket, (this.#done.get(bucket) ?? 0) + 1);
  }

  /** What a stream costs in this run in all, as far as it knows by now. */
  expect(stream: string, calls: Calls): void {
    this.#expected.set(stream, calls);
  }

  /** Rows that Okta has counted for a stream in all, whoever reads them. */
  expectRows(stream: string, rows: number): void {
    this.#expectedRows.set(stream, rows);
  }

  finish(stream: string): void {
    this.#finished.add(stream);
  }

  /** A way was chosen. @param why one sentence for people. */
  choose(stream: string, why: string, chosen: Partial<Routes> = {}): void {
    this.#routes.set(stream, why);
    this.#chosen = { ...this.#chosen, ...chosen };
  }

  /** @param sentence for people; a later one on the same subject takes its place. */
  leaveOut(subject: string, sentence: string): void {
    this.#leftOut.set(subject, sentence);
  }

  /** Whether Okta has said what it grants in a bucket, so that nothing need be guessed. */
  knowsLimit(bucket: string): boolean {
    return this.#options.pace()?.limitOf?.(bucket) !== undefined;
  }

  /**
   * Minutes that the whole run takes at least by one of the ways to the groups of applications; a guess where no limit is known.
   * Only from what the caller has counted of the stored records: what this process has happened to see so far would send a run
   * that was cut another way than one that was not, and the rows of the two ways differ.
   */
  floorBy(appGroups: AppGroupRoute, facts: OrgFacts): number {
    const { streams, skinnyUsers } = this.#options;
    const costs = new Map(Object.entries(callsOf(facts, { appGroups, skinnyUsers })));
    return floorOf(sumOf(streams.map((stream) => costs.get(stream) ?? {})), (bucket) => this.#rate(bucket));
  }

  /** The same object until something has changed; `undefined` when this is no sync. */
  plan(): SyncPlan | undefined {
    const { now } = this.#options;
    if (this.#streams.length === 0) return undefined;
    const plan = this.#plan();
    const at = now().getTime();
    const totals = JSON.stringify([plan.buckets.map(({ bucket, calls }) => [bucket, calls]), plan.routes, plan.leftOut]);
    const numbers = JSON.stringify(plan);
    const said = this.#said;
    const isDue = said === undefined || said.totals !== totals || this.#isOver || Math.abs(at - said.at) >= SAID_AGAIN_MS;
    if (said !== undefined && (!isDue || said.numbers === numbers)) return said.plan;
    this.#said = { plan, at, totals, numbers };
    return plan;
  }

  get #isOver(): boolean {
    return this.#streams.every((stream) => this.#finished.has(stream));
  }

  #plan(): SyncPlan {
    const buckets = this.#buckets();
    const known = buckets.filter(({ minutes }) => minutes !== null);
    const longest = known.toSorted((a, b) => (b.minutes ?? 0) - (a.minutes ?? 0))[0];
    const expected = this.#rows();
    return {
      buckets,
      floorMinutes: longest?.minutes ?? null,
      dominates: longest?.bucket ?? null,
      secondsLeft: this.#secondsLeft(buckets),
      routes: [...this.#routes.values()],
      leftOut: [...this.#options.leftOut, ...this.#leftOut.values()],
      ...(Object.keys(expected).length > 0 && { expected }),
    };
  }

  #rows(): Readonly<Record<string, number>> {
    const accounts = this.count.expectedAccounts;
    const rows = new Map([...(accounts === undefined ? [] : [['accounts', accounts] as const]), ...this.#expectedRows]);
    return Object.fromEntries([...rows].filter(([stream]) => this.#streams.includes(stream) && !this.#finished.has(stream)));
  }

  #buckets(): readonly BucketPlan[] {
    const expected = new Map(Object.entries(this.#isOver ? {} : sumOf(this.#streamCalls().map(([, calls]) => calls))));
    const names = [...new Set([...expected.keys(), ...this.#done.keys()])].toSorted();
    const plans = names.map((bucket): BucketPlan => {
      const done = this.#done.get(bucket) ?? 0;
      // Never fewer than were made: some are made twice (a position that has expired).
      const calls = Math.max(done, Math.ceil(expected.get(bucket) ?? 0));
      const perMinute = this.#options.pace()?.limitOf?.(bucket) ?? null;
      const minutes = perMinute === null || perMinute <= 0 ? null : Math.round((calls / perMinute) * 100) / 100;
      return { bucket, calls, done, perMinute, minutes };
    });
    return plans.filter(({ calls }) => calls > 0);
  }

  #secondsLeft(buckets: readonly BucketPlan[]): number | null {
    const waits = buckets.flatMap(({ bucket, calls, done }) =>
      calls > done ? (this.#options.pace()?.forecast?.(bucket, calls - done) ?? []) : [],
    );
    if (waits.length === 0) return this.#isOver ? 0 : null;
    return Math.round(Math.max(...waits) / 1000);
  }

  /** A stream's own word counts; of one that has not spoken yet, what the formula makes of the counts so far. */
  #streamCalls(): readonly (readonly [string, Calls])[] {
    const computed = new Map(Object.entries(callsOf(this.count.facts, this.#chosen)));
    return this.#streams.map((stream) => [stream, this.#expected.get(stream) ?? computed.get(stream) ?? {}]);
  }

  #rate(bucket: string): number {
    return this.#options.pace()?.limitOf?.(bucket) ?? guessOf(bucket) * this.#options.share;
  }
}
