import {
  Detector,
  Enricher,
  folded,
  GroupsInMemory,
  type GroupStore,
  HistoriesInMemory,
  type Memory,
  type Known,
  type Level,
  LEVELS,
  type LogEvent,
  networksOf,
  ourRules,
  readEvent,
  readRules,
} from '@castellan/detection';
import { attackScenarios, liveOrdinaryWeeks, type Org, playScenario, startSimulator } from '@castellan/okta-simulator';
import { ContinuedGroups } from './continued-groups.js';
import { ContinuedHistories } from './continued-histories.js';
import { KnownOfOrg } from './known-of-org.js';

const DAY = 86_400_000;
/** The ordinary weeks end on a Monday; a scenario begins on the morning after. */
export const EPOCH = new Date('2026-10-06T00:00:00Z');
export const MORNING = new Date(EPOCH.getTime() + 9 * 3_600_000);
const WEEKS = 5;
/** By then all that is missed is missed. */
const LONG_AFTER = 30 * DAY;

/** What a rule has found, as somebody sees it in a list. */
export interface Finding {
  /** Its name. */
  readonly rule: string;
  readonly level: Level;
  /** `uuid` of its first event. */
  readonly first: string;
}

export interface Played {
  readonly known: Known;
  readonly events: readonly LogEvent[];
  readonly ownNetworks: readonly string[];
}

const { book: BOOK, ruleOf } = folded(readRules(await ourRules(), {}, 'okta'));
export const problems = BOOK.problems;
export const ruleNames: ReadonlySet<string> = new Set(
  [...BOOK.detections, ...BOOK.linked.correlations.map(({ rule }) => ruleOf(rule))].flatMap(({ name }) => name ?? []),
);

/** The same people, groups and applications each time. */
async function organisation(): Promise<Org> {
  const size = { users: 100, groups: 25, apps: 25, events: 0 };
  const { org, close } = await startSimulator({ ...size, seed: 5, epoch: EPOCH, now: () => EPOCH });
  // What is told over HTTP is of no interest here.
  await close();
  return org;
}

export const eventsOf = (org: Org, from = 0): readonly LogEvent[] =>
  Array.from({ length: org.log.length - from }, (_, index) => readEvent(org.log.eventAt(from + index)) ?? []).flat();

/** Ids of events are counted from one in each organisation: those of the weeks before must be none of the scenario's. */
const ofBefore = ({ raw }: LogEvent): readonly LogEvent[] => {
  const event = readEvent({ ...raw, uuid: `before ${String(raw['uuid'])}` });
  return event === undefined ? [] : [event];
};

/** The organisation as it is in the morning, with something going on in it. */
export async function happening(play: (org: Org) => unknown, ownNetworks: readonly string[] = []): Promise<Played> {
  const org = await organisation();
  const known = new KnownOfOrg(org);
  known.during(() => play(org));
  return { known, events: eventsOf(org), ownNetworks };
}

export const scenario = (name: string): Promise<Played> =>
  happening((org) => playScenario(org, name, { at: MORNING }), attackScenarios.find((one) => one.name === name)?.knownNetworks);

/** Detection at one moment: what it remembers. */
class Watch {
  readonly #findings = new Map<string, Finding>();
  readonly #detector: Detector;

  constructor({ known, ownNetworks }: Omit<Played, 'events'>, memory: Memory, store: GroupStore) {
    const networks = { ownNetworks: networksOf([{ name: 'own', entries: ownNetworks }]), threats: networksOf([]) };
    this.#detector = new Detector(BOOK, new Enricher({ known, memory, ...networks }), store);
  }

  async sees(events: readonly LogEvent[], batchSize: number): Promise<void> {
    let until = 0;
    for (let from = 0; from < events.length; from += batchSize) {
      const batch = events.slice(from, from + batchSize);
      until = Math.max(until, ...batch.map(({ at }) => at));
      await this.#tell(batch, until);
    }
  }

  async #tell(batch: readonly LogEvent[], until: number): Promise<void> {
    const { changed, gone } = await this.#detector.detect(batch, until);
    for (const { rule, group, key } of gone) this.#findings.delete(JSON.stringify([rule.id, group, key]));
    for (const { rule, group, key, level, replaces } of changed) {
      for (const old of replaces) this.#findings.delete(JSON.stringify([rule.id, group, old]));
      const original = ruleOf(rule);
      const worst = level === undefined ? undefined : LEVELS[level];
      const finding = { rule: original.name ?? original.id, level: worst ?? original.level, first: key };
      this.#findings.set(JSON.stringify([rule.id, group, key]), finding);
    }
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  /** Nothing comes any more. */
  async waits(after: number): Promise<void> {
    await this.#tell([], after + LONG_AFTER);
  }
}

interface Before {
  readonly memory: Memory;
  readonly store: GroupStore;
  readonly findings: readonly Finding[];
}

/** The weeks before, seen once: whatever happens after them goes on from there. */
async function weeksBefore(): Promise<Before> {
  const org = await organisation();
  const known = new KnownOfOrg(org);
  liveOrdinaryWeeks(org, { until: EPOCH, weeks: WEEKS });
  const [memory, store] = [new HistoriesInMemory(), new GroupsInMemory()];
  const watch = new Watch({ known, ownNetworks: [] }, memory, store);
  await watch.sees(eventsOf(org).flatMap(ofBefore), 500);
  return { memory, store, findings: watch.findings };
}

const before = weeksBefore();

/** What our rules find in it, after the weeks before. */
export async function found({ known, events, ownNetworks }: Played, batchSize = 100): Promise<readonly Finding[]> {
  const { memory, store } = await before;
  const watch = new Watch({ known, ownNetworks }, new ContinuedHistories(memory), new ContinuedGroups(store));
  await watch.sees(events, batchSize);
  await watch.waits(MORNING.getTime());
  return watch.findings;
}

/** What they find in the weeks themselves. */
export const foundBefore = async (): Promise<readonly Finding[]> => (await before).findings;

/** The worst of each rule. */
export function worstOf(findings: readonly Finding[]): ReadonlyMap<string, Level> {
  const worst = new Map<string, Level>();
  for (const { rule, level } of findings) if (isAsBad(level, worst.get(rule))) worst.set(rule, level);
  return worst;
}

export const isAsBad = (level: Level, least: Level | undefined): boolean =>
  least === undefined || LEVELS.indexOf(level) >= LEVELS.indexOf(least);
