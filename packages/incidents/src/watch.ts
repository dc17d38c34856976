import {
  Detector,
  Enricher,
  type FoundEpisode,
  type LogEvent,
  LATEST_MS,
  LEVELS,
  type LostEpisode,
  readEvent,
  type RuleFacts,
} from '@castellan/detection';
import {
  addHits,
  claimDetection,
  detectionFailures,
  dropEpisode,
  eventsAtOnce,
  GroupStates,
  holdFindings,
  type InboxPlace,
  nameIncidents,
  noteDetection,
  notePassed,
  readUpTo,
  refreshIncidents,
  type Queries,
  settleEpisode,
  type SettledEpisode,
  type SeverityNumber,
  takeFromInbox,
  tellFindings,
  tellIncidents,
} from '@castellan/storage';
import { episodeFacts } from './episode-facts.js';
import { GroupsInDatabase } from './groups-in-database.js';
import { knownRecords } from './known-records.js';
import { namedIn, otherOrganisations, subjectsIn } from './log-facts.js';
import { StoredEvents } from './stored-events.js';
import { StoredHistories } from './stored-histories.js';
import { techniqueWords } from './technique-words.js';
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
  /** What its subject is called. */
  readonly label: string;
}

/** How much a batch is, apart from what fits one. */
export interface BatchBounds {
  /** Events; by default what earlier failures leave. */
  readonly atMost?: number;
  /** How long rules may take, in ms. */
  readonly mostMs?: number;
  /** Told what was taken out of the inbox, before rules are shown it. */
  readonly onTaken?: (places: readonly InboxPlace[]) => void;
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
/** Rules take some hundredths of a second for a batch. */
const MOST_MS = 10_000;
const FORGOTTEN_AT_ONCE = 5_000;
const FORGOTTEN_TIMES = 20;

/**
 * Shows rules the oldest new events of an organisation, in the caller's transaction: with it go the events out of the inbox, and
 * windows, histories and findings are as if they had always been known. So it is done once, whoever is killed when.
 * @throws RulesTooSlow, and whatever {@link afterFailure} makes something of
 */
export async function watchBatch(
  queries: Queries,
  of: Watched,
  ruleBooks: RulesOfWorkspaces,
  { atMost, mostMs = MOST_MS, onTaken }: BatchBounds = {},
): Promise<WatchedBatch> {
  const { workspaceId, integrationId, product } = of;
  const progress = await claimDetection(queries, integrationId);
  if (progress === undefined) return { isOurs: false, isMore: false, events: 0, findings: [] };
  const failures = await detectionFailures(queries, integrationId);
  const taken = await takeFromInbox(queries, integrationId, atMost ?? eventsAtOnce(failures));
  onTaken?.(taken.places);
  const events = taken.events.flatMap(({ raw }): readonly LogEvent[] => {
    const event = readEvent(raw);
    return event === undefined ? [] : [event];
  });
  const rules = await ruleBooks.of(queries, workspaceId, product);
  const reached = Math.max(progress.reached, ...events.map(({ at }) => Math.min(at, Date.now() + AHEAD_MS)));
  const until = taken.isMore ? reached : Math.max(reached, await readUpTo(queries, integrationId));
  const memory = new StoredHistories(queries, integrationId);
  const others = await otherOrganisations(queries, of);
  const enricherOf = async (shown: readonly LogEvent[]): Promise<Enricher> => {
    await memory.load(subjectsIn(shown));
    const { breakGlass, ownNetworks, threats } = rules;
    const known = await knownRecords(queries, { integrationId, others, ...namedIn(shown), breakGlass });
    return new Enricher({ known, memory, ownNetworks, threats });
  };
  const states = new GroupStates(queries, integrationId);
  const correlations = rules.folded.book.linked.correlations.map(({ rule }) => rule);
  const groups = new GroupsInDatabase(states, correlations);
  const detector = new Detector(
    rules.folded.book,
    await enricherOf(events),
    groups,
    new StoredEvents(queries, integrationId, enricherOf),
    mostMs,
  );
  const { changed, gone } = await detector.detect(events, until);
  await memory.save();
  const findings = await settled(queries, of, rules, { changed, gone });
  // A batch may leave more than are removed at once.
  for (let left = FORGOTTEN_TIMES; left > 0; left -= 1)
    if ((await groups.forget(until - LATEST_MS, FORGOTTEN_AT_ONCE)) < FORGOTTEN_AT_ONCE) break;
  await noteDetection(queries, integrationId, until, events.length);
  await notePassed(queries, integrationId, failures, taken.places.length);
  return { isOurs: true, isMore: taken.isMore, events: events.length, findings };
}

const CONFIDENCES = { low: 1, medium: 2, high: 3 } as const;

async function settled(
  queries: Queries,
  of: Watched,
  { folded, disabled }: WorkspaceRules,
  { changed, gone }: { readonly changed: readonly FoundEpisode[]; readonly gone: readonly LostEpisode[] },
): Promise<readonly WatchedFinding[]> {
  const touched = new Set<string>();
  const techniques = new Map<string, Set<string>>();
  for (const { rule, group, key } of gone) {
    const incident = await dropEpisode(queries, of.integrationId, { rule: folded.ruleOf(rule).id, group, key });
    if (incident !== undefined) touched.add(incident);
  }
  const findings: WatchedFinding[] = [];
  const hits = new HitsByDay();
  const names = changed.map(({ rule, group, key, replaces }) => ({ rule: folded.ruleOf(rule).id, group, key, replaces }));
  const held = await holdFindings(queries, of.integrationId, names);
  for (const episode of changed) {
    const told = folded.ruleOf(episode.rule);
    if (disabled.has(told.id)) continue;
    if (episode.isNew) hits.add(told.id, episode.firstAt);
    const severity = severityOf(episode, told);
    // What informs only is counted: there is a lot of it, and nobody is to look at each.
    if (severity === 1) continue;
    const facts = await episodeFacts(queries, of.integrationId, episode, told);
    const { group, key, replaces, firstAt, lastAt, all: events } = episode;
    const confidence = CONFIDENCES[told.own.confidence];
    const settling = { rule: told.id, group, key, replaces, severity, confidence, ...facts, firstAt, lastAt, events };
    const found = await settleEpisode(queries, of, settling, held);
    findings.push({ ...found, rule: told, severity, firstAt: episode.firstAt, label: facts.subject.label });
    for (const incident of [found.incidentId, ...found.otherIncidents]) touched.add(incident);
    const words = techniques.get(found.incidentId) ?? new Set();
    techniques.set(found.incidentId, new Set([...words, ...techniqueWords(told)]));
  }
  await refreshIncidents(queries, [...touched]);
  await nameIncidents(queries, [...touched], techniques);
  await tellFindings(queries, findings);
  await tellIncidents(queries, [...touched]);
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
