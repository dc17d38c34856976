import {
  type Detected,
  type Detector,
  type Evidence,
  explain,
  type Explained,
  type ExplainedEpisode,
  type FoundEpisode,
  groupValues,
  LATEST_MS,
  LEARNED_AT_ONCE,
  type LearnedFromLog,
  LEVELS,
  type LogEvent,
  type Match,
  readEvent,
  type RuleBook,
  type RuleFacts,
} from '@castellan/detection';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { eventsWithin, noEvent } from './events-within.js';
import { FirstFew } from './first-few.js';
import type { RuleFiles } from './rule-sources.js';
import { Stories } from './stories.js';
import type { Input } from './value-splitter.js';

/** `full`: more comes at once; `idle`: it may come; `end`: nothing will. */
export type Pause = 'full' | 'idle' | 'end';

/** Of wrapped events so many are told where they were. */
const MOST_PLACES = 3;

/** One look at a log, and what it has seen so far. */
export class Detecting {
  readonly #stories = new Stories();
  readonly #byLevel = new Map<string, number>();
  /** What has matched what: a line that comes twice is one event. */
  readonly #told = new Set<string>();
  readonly #startedAt = performance.now();
  /** What is no event. */
  readonly #unread: FirstFew;
  /** Where events were found within something else. */
  readonly #within = new Set<string>();
  #events = 0;
  #until = 0;
  #latestBehind = 0;

  constructor(
    private readonly book: RuleBook,
    /** That the rules are from. */
    private readonly files: RuleFiles,
    private readonly detector: Detector,
    private readonly learned: LearnedFromLog,
    private readonly output: Output,
    /** For those who ask why. */
    private readonly evidence: Evidence | undefined,
    /** Of lists of networks: entries that say nothing. */
    private readonly oddEntries: number,
  ) {
    this.#unread = new FirstFew(output);
  }

  async take(batch: readonly Input[], how: Pause): Promise<void> {
    const events = batch.flatMap((input) => this.#read(input)).toSorted((one, other) => one.at - other.at);
    this.#latestBehind = Math.max(this.#latestBehind, this.#until - (events[0]?.at ?? this.#until));
    this.#until = Math.max(this.#until, events.at(-1)?.at ?? 0);
    this.#events += events.length;
    for (const event of events) this.learned.learn(event);
    // Behind the end of the input nothing comes late.
    const until = how === 'end' ? this.#until + LATEST_MS + 1 : this.#until;
    // Who asks why is told before more is learned of the same accounts.
    let rest = events;
    while (this.evidence !== undefined && rest.length > LEARNED_AT_ONCE) {
      await this.#detect(rest.slice(0, LEARNED_AT_ONCE), rest[LEARNED_AT_ONCE - 1]?.at ?? 0);
      rest = rest.slice(LEARNED_AT_ONCE);
    }
    await this.#detect(rest, until);
    for (const episode of this.#stories.ended(how === 'full' ? until : Number.POSITIVE_INFINITY)) {
      const level = episode.level === undefined ? undefined : LEVELS[episode.level];
      await this.#tell(episode.rule, level ?? episode.rule.level, lineOfEpisode(episode, this.evidence));
    }
    if (how === 'full') this.output.say(`${this.#events} events, ${this.#rate()} a second …`);
  }

  async #detect(events: readonly LogEvent[], until: number): Promise<void> {
    const detected = this.#loud(await this.detector.detect(events, until));
    for (const match of detected.matches) {
      const name = `${match.event.id} ${match.rule.id}`;
      if (this.#told.has(name)) continue;
      this.#told.add(name);
      await this.#tell(match.rule, match.level, lineOfMatch(match, this.evidence !== undefined));
    }
    this.#stories.take(detected);
  }

  /** What is told by itself. */
  #loud(detected: Detected): Detected {
    if (this.evidence === undefined) return detected;
    this.evidence.take(detected);
    const isLoud = ({ rule }: { readonly rule: RuleFacts }): boolean => !this.book.silent.has(rule.id);
    const { matches, changed, gone } = detected;
    return { matches: matches.filter(isLoud), changed: changed.filter(isLoud), gone: gone.filter(isLoud) };
  }

  #read(input: Input): readonly LogEvent[] {
    if ('problem' in input) {
      this.#unread.say(`${input.place}: ${input.problem}.`);
      return [];
    }
    const event = readEvent(input.value);
    if (event !== undefined) return [event];
    const wrapped = eventsWithin(input.value);
    if (wrapped === undefined) {
      this.#unread.say(`${input.place}: ${noEvent(input.value)}.`);
      return [];
    }
    this.#sayWithin(wrapped.at);
    return wrapped.events.flatMap((one, n) => {
      const inner = readEvent(one);
      if (inner === undefined) this.#unread.say(`${input.place}, ${wrapped.at}, element ${n + 1}: ${noEvent(one)}.`);
      return inner ?? [];
    });
  }

  /** Once of each place, of few. */
  #sayWithin(at: string): void {
    if (this.#within.has(at) || this.#within.size === MOST_PLACES) return;
    this.#within.add(at);
    this.output.say(`Note: events were taken out of "${at}".`);
  }

  async #tell({ id, title, author }: RuleFacts, level: string, line: object): Promise<void> {
    this.#byLevel.set(level, (this.#byLevel.get(level) ?? 0) + 1);
    await this.output.json({ rule: { id, title, level, ...(author !== undefined && { author }) }, ...line });
  }

  #rate(): number {
    return Math.round(this.#events / Math.max(0.001, (performance.now() - this.#startedAt) / 1_000));
  }

  ended(strict: boolean): ExitCode {
    const { problems } = this.book;
    const unread = this.#unread.count;
    this.#unread.sayRest('that could not be read');
    const levels = LEVELS.toReversed().flatMap((level) => {
      const count = this.#byLevel.get(level);
      return count === undefined ? [] : [`${count} ${level}`];
    });
    const found = levels.length === 0 ? 'nothing found' : levels.join(', ');
    this.output.say(
      `${counted(this.#events, 'event')}, ${counted(rulesIn(this.book).length, 'rule')}: ${found} (${this.#rate()} events a second)`,
    );
    this.output.say(rulesSaid(this.book, this.files));
    if (this.#latestBehind > LATEST_MS)
      this.output.say(
        'Some events came more than 15 minutes late: correlations may lack them. Sort the events by "published".',
      );
    if (problems.length > 0)
      this.output.say(`${counted(problems.length, 'mistake')} in rules: see above. A rule with a mistake finds nothing.`);
    if (unread > 0) this.output.say(`${counted(unread, 'line')} could not be read.`);
    if (unread === 0 && this.#events === 0) this.output.say('The input is empty: there was no event to look at.');
    if (unread > 0 && this.#events === 0) {
      this.output.say(
        'No event was found: events are expected as the API of the provider gives them, one JSON object a line, or as one JSON list.',
      );
      return EXIT.failed;
    }
    return strict && problems.length + unread + this.oddEntries > 0 ? EXIT.failed : EXIT.ok;
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const rulesIn = ({ detections, linked }: RuleBook): readonly RuleFacts[] => [
  ...detections,
  ...linked.correlations.map(({ rule }) => rule),
];

/** What is counted as a rule: who compares it with what a page shows wants to know. */
function rulesSaid(book: RuleBook, { own, others }: RuleFiles): string {
  const rules = rulesIn(book);
  const silent = rules.filter(({ id }) => book.silent.has(id)).length;
  const kinds = `${counted(book.detections.length, 'detection')} and ${counted(book.linked.correlations.length, 'correlation')}`;
  const told = silent === 0 ? '' : `; ${rules.length - silent} tell what they find, ${silent} are only parts of those`;
  const files = [own > 0 ? `${counted(own, 'file')} of ours` : '', others > 0 ? `${counted(others, 'file')} of yours` : ''];
  return `Rules: ${kinds}${told}. From ${files.filter((one) => one !== '').join(' and ')}.`;
}

interface Line {
  readonly events: readonly string[];
  readonly at: string;
  /** Of an episode: its first event. */
  readonly since?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly explain?: Explained | ExplainedEpisode;
}

function lineOfMatch({ rule, event, enriched }: Match, explains: boolean): Line {
  const at = new Date(event.at).toISOString();
  return { events: [event.id], at, ...(explains && { explain: explain(rule.expression, enriched) }) };
}

function lineOfEpisode(episode: FoundEpisode, evidence: Evidence | undefined): Line {
  const { rule, group, all: events, firstAt, lastAt } = episode;
  const values = groupValues(rule, group);
  return {
    events,
    at: new Date(lastAt).toISOString(),
    since: new Date(firstAt).toISOString(),
    ...(Object.keys(values).length > 0 && { group: values }),
    ...(evidence !== undefined && { explain: evidence.explain(episode) }),
  };
}
