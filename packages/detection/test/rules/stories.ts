import { type Detected, Detector } from '../../src/detector.js';
import { Enricher } from '../../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../../src/enrichment/memory.js';
import type { KnownAccount, KnownGroup } from '../../src/enrichment/known.js';
import { LearnedFromLog } from '../../src/enrichment/learned-from-log.js';
import { networksOf } from '../../src/enrichment/networks.js';
import { GroupsInMemory } from '../../src/correlation/groups-in-memory.js';
import { LEVELS, type Level } from '../../src/sigma/rule.js';
import { type LogEvent, readEvent } from '../../src/log-event.js';
import { ourRules } from '../../src/our-rules.js';
import { readRules } from '../../src/rule-book.js';
import type { Line } from './log-line.js';

/** Events, and what else is known of who is in them. */
export interface Story {
  readonly events: readonly Line[];
  readonly accounts?: Readonly<Record<string, KnownAccount>>;
  readonly groups?: Readonly<Record<string, KnownGroup>>;
  /** Addresses that the workspace calls its own; in a list of threats. */
  readonly own?: readonly string[];
  readonly threats?: readonly string[];
}

/** By the name of a rule; what is told is a sentence: what happens in the story. */
export type Stories = Readonly<
  Record<
    string,
    {
      readonly hits: Readonly<Record<string, Story & { readonly level?: Level }>>;
      readonly misses: Readonly<Record<string, Story>>;
    }
  >
>;

const BOOK = readRules(await ourRules());
const FOREVER = 400 * 86_400_000;

/** All that is told of a story: once when its events come, and once long after, when what is missed by then is missed. */
async function toldOf(story: Story): Promise<readonly Detected[]> {
  const events = story.events.flatMap((line): readonly LogEvent[] => {
    const event = readEvent(line);
    return event === undefined ? [] : [event];
  });
  const learned = new LearnedFromLog();
  for (const event of events) learned.learn(event);
  const enricher = new Enricher({
    known: {
      account: (id, at) => ({ ...learned.account(id, at), ...story.accounts?.[id] }),
      group: (id, at) => ({ ...learned.group(id, at), ...story.groups?.[id] }),
    },
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([{ name: 'own', entries: story.own ?? [] }]),
    threats: networksOf([{ name: 'threats', entries: story.threats ?? [] }]),
  });
  const detector = new Detector(BOOK, enricher, new GroupsInMemory());
  const until = Math.max(...events.map(({ at }) => at));
  return [await detector.detect(events, until), await detector.detect([], until + FOREVER)];
}

/** By its key, each episode of a correlation in a story. */
export async function episodesOf(name: string, story: Story): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const { changed, gone } of await toldOf(story)) {
    for (const { rule, key, replaces } of changed) {
      if (rule.name !== name) continue;
      for (const before of replaces) keys.delete(before);
      keys.add(key);
    }
    for (const { rule, key } of gone) if (rule.name === name) keys.delete(key);
  }
  return keys;
}

/** Each rule that finds something in a story, by its name, and how bad that is: the worst. */
export async function found(story: Story): Promise<ReadonlyMap<string, Level>> {
  const worst = new Map<string, Level>();
  const tell = (name: string, level: Level): void => {
    const before = worst.get(name);
    if (before === undefined || LEVELS.indexOf(level) > LEVELS.indexOf(before)) worst.set(name, level);
  };
  for (const { matches, changed } of await toldOf(story)) {
    for (const { rule, level } of matches) tell(rule.name ?? rule.id, level);
    for (const { rule, level } of changed)
      tell(rule.name ?? rule.id, level === undefined ? rule.level : (LEVELS[level] ?? rule.level));
  }
  return worst;
}

/** A test for each story of the rules of a file, and one that no rule of it is without: `okta/mfa-attacks.yml`. */
export function testStories(file: string, stories: Stories): void {
  const told = [...BOOK.detections, ...BOOK.linked.correlations.map(({ rule }) => rule)].filter(
    (rule) => rule.file === file && !BOOK.silent.has(rule.id),
  );
  test(`${file} has no mistake`, () => {
    expect(BOOK.problems.filter((problem) => problem.file === file)).toEqual([]);
  });
  test(`each rule of ${file} has stories in which it finds something, and others`, () => {
    expect(Object.keys(stories).toSorted()).toEqual(told.map(({ name, id }) => name ?? id).toSorted());
    for (const { hits, misses } of Object.values(stories)) {
      expect(Object.keys(hits)).not.toEqual([]);
      expect(Object.keys(misses)).not.toEqual([]);
    }
  });
  for (const [name, { hits, misses }] of Object.entries(stories)) {
    for (const [title, story] of Object.entries(hits))
      test(`${name} finds: ${title}`, async () => {
        const levels = await found(story);
        expect([...levels.keys()]).toContain(name);
        if (story.level !== undefined) expect(levels.get(name)).toBe(story.level);
      });
    for (const [title, story] of Object.entries(misses))
      test(`${name} leaves: ${title}`, async () => {
        expect([...(await found(story)).keys()]).not.toContain(name);
      });
  }
}
