import {
  Detector,
  Enricher,
  type FoundEpisode,
  History,
  type LogEvent,
  LATEST_MS,
  LEVELS,
  type LostEpisode,
  type Memory,
  readEvent,
  type RuleFacts,
} from '@castellan/detection';
import {
  addHits,
  claimDetection,
  dropEpisode,
  GroupStates,
  loadHistories,
  noteDetection,
  type Queries,
  saveHistories,
  settleEpisode,
  type SettledEpisode,
  type SeverityNumber,
  takeFromInbox,
} from '@castellan/storage';
import { episodeFacts } from './episode-facts.js';
import { GroupsInDatabase } from './groups-in-database.js';
import { knownRecords } from './known-records.js';
import { namedIn, otherOrganisations, readUpTo, subjectsIn } from './log-facts.js';
import type { RulesOfWorkspaces, WorkspaceRules } from './workspace-rules.js';

export interface Watched {
  readonly workspaceId: string;
  readonly integrationId: string;
  /** As log sources of rules name it. */
  readonly product: string;
}

/** A finding that has begun or is not what it was. */
export interface WatchedFinding extends SettledEpisode {
  readonly rule: RuleFacts;
  readonly severity: SeverityNumber;
  readonly firstAt: number;
}

export interface WatchedBatch {
  /** `false`: another host has it now. */
  readonly isOurs: boolean;
  /** Whether there are more events. */
  readonly isMore: boolean;
  readonly events: number;
  readonly findings: readonly WatchedFinding[];
}

/** A clock that is wrong must not end every window: the log has reached now at most. */
const AHEAD_MS = LATEST_MS;
const FORGOTTEN_AT_ONCE = 5_000;

/**
 * Shows rules the oldest new events of an organisation, in the caller's transaction: with it go the events out of the inbox, and
 * windows, histories and findings are as if they had always been known. So it is done once, whoever is killed when.
 */
export async function watchBatch(queries: Queries, of: Watched, ruleBooks: RulesOfWorkspaces): Promise<WatchedBatch> {
  const { workspaceId, integrationId, product } = of;
  const progress = await claimDetection(queries, integrationId);
  if (progress === undefined) return { isOurs: false, isMore: false, events: 0, findings: [] };
  const taken = await takeFromInbox(queries, integrationId);
  const events = taken.events.flatMap(({ raw }): readonly LogEvent[] => {
    const event = readEvent(raw);
    return event === undefined ? [] : [event];
  });
  const rules = await ruleBooks.of(queries, workspaceId, product);
  const reached = Math.max(progress.reached, ...events.map(({ at }) => Math.min(at, Date.now() + AHEAD_MS)));
  const until = taken.isMore ? reached : Math.max(reached, await readUpTo(queries, integrationId));
  const { memory, save } = await memoryOf(queries, integrationId, events);
  const enricher = new Enricher({
    known: await knownRecords(queries, {
      integrationId,
      others: await otherOrganisations(queries, of),
      ...namedIn(events),
      breakGlass: rules.breakGlass,
    }),
    memory,
    ownNetworks: rules.ownNetworks,
    threats: rules.threats,
  });
  const states = new GroupStates(queries, integrationId);
  const correlations = rules.folded.book.linked.correlations.map(({ rule }) => rule);
  const detector = new Detector(rules.folded.book, enricher, new GroupsInDatabase(states, correlations));
  const { changed, gone } = await detector.detect(events, until);
  await save();
  const findings = await settled(queries, of, rules, { changed, gone });
  await states.forget(until - LATEST_MS, FORGOTTEN_AT_ONCE);
  await noteDetection(queries, integrationId, until, events.length);
  return { isOurs: true, isMore: taken.isMore, events: events.length, findings };
}

/** Histories of everybody in a batch, and how what has become of them is kept. */
async function memoryOf(
  queries: Queries,
  integrationId: string,
  events: readonly LogEvent[],
): Promise<{ readonly memory: Memory; readonly save: () => Promise<void> }> {
  const stored = await loadHistories(queries, integrationId, subjectsIn(events));
  const histories = new Map([...stored].map(([subject, written]) => [subject, History.read(written)]));
  const changed = new Map<string, History>();
  return {
    memory: {
      get: (subject) => histories.get(subject),
      change: (subject) => {
        const history = histories.get(subject) ?? new History();
        histories.set(subject, history);
        changed.set(subject, history);
        return history;
      },
    },
    save: () => saveHistories(queries, integrationId, changed),
  };
}

const CONFIDENCES = { low: 1, medium: 2, high: 3 } as const;

async function settled(
  queries: Queries,
  of: Watched,
  { folded, disabled }: WorkspaceRules,
  { changed, gone }: { readonly changed: readonly FoundEpisode[]; readonly gone: readonly LostEpisode[] },
): Promise<readonly WatchedFinding[]> {
  for (const { rule, group, key } of gone)
    await dropEpisode(queries, of.integrationId, { rule: folded.ruleOf(rule).id, group, key });
  const findings: WatchedFinding[] = [];
  const hits = new HitsByDay();
  for (const episode of changed) {
    const told = folded.ruleOf(episode.rule);
    if (disabled.has(told.id)) continue;
    if (episode.isNew) hits.add(told.id, episode.firstAt);
    const severity = severityOf(episode, told);
    // What informs only is counted: there is a lot of it, and nobody is to look at each.
    if (severity === 1) continue;
    const found = await settleEpisode(queries, of, {
      rule: told.id,
      group: episode.group,
      key: episode.key,
      replaces: episode.replaces,
      severity,
      confidence: CONFIDENCES[told.own.confidence],
      ...(await episodeFacts(queries, of.integrationId, episode, told)),
      firstAt: episode.firstAt,
      lastAt: episode.lastAt,
      events: episode.events,
    });
    findings.push({ ...found, rule: told, severity, firstAt: episode.firstAt });
  }
  await addHits(queries, of.integrationId, hits.list);
  return findings;
}

class HitsByDay {
  readonly #hits = new Map<string, { readonly rule: string; readonly day: string; readonly hits: number }>();

  add(rule: string, at: number): void {
    const day = new Date(at).toISOString().slice(0, 10);
    const name = `${rule} ${day}`;
    this.#hits.set(name, { rule, day, hits: (this.#hits.get(name)?.hits ?? 0) + 1 });
  }

  get list() {
    return [...this.#hits.values()];
  }
}

/** As OCSF counts. */
function severityOf({ level }: FoundEpisode, { level: own }: RuleFacts): SeverityNumber {
  const place = level ?? LEVELS.indexOf(own);
  // There are five levels, from 0.
  return (Math.min(4, Math.max(0, place)) + 1) as SeverityNumber;
}
