import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import {
  type Detected,
  Detector,
  Enricher,
  Evidence,
  explain,
  type Explained,
  type ExplainedEpisode,
  type FoundEpisode,
  GroupsInMemory,
  groupValues,
  HistoriesInMemory,
  LATEST_MS,
  LearnedFromLog,
  LEVELS,
  type LogEvent,
  type Match,
  type NetworkList,
  networksOf,
  readEvent,
  readNetworkList,
  type RuleBook,
  type RuleFacts,
} from '@castellan/detection';
import { EXIT, type ExitCode, UsageError } from '../exit-code.js';
import type { Output } from '../output.js';
import { type Input, openInput, readInput } from './read-events.js';
import { BUILTIN, problemLine, rulesOf } from './rule-sources.js';
import { Stories } from './stories.js';

export interface DetectOptions {
  readonly rules?: readonly string[];
  readonly placeholder?: readonly (readonly [string, readonly string[]])[];
  readonly ownNetworks?: readonly string[];
  readonly threats?: readonly string[];
  readonly explain?: boolean;
  readonly strict?: boolean;
}

/** Events that are put in order before rules see them. */
const MOST_HELD = 50_000;
/** After so long without a line what is there is looked at: somebody may be watching. */
const IDLE_MS = 1_000;
const MOST_PROBLEMS = 20;

/**
 * `castellan detect`: rules over a log, without a database. A line for each event that a detection matches, and for each episode
 * that a correlation finds.
 */
export async function detect(
  file: string,
  options: DetectOptions,
  stdin: Readable,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const book = await rulesOf(options.rules ?? [BUILTIN], Object.fromEntries(options.placeholder ?? []));
  for (const problem of book.problems) output.say(problemLine(problem));
  const learned = new LearnedFromLog();
  const [own, threats] = [await networkLists(options.ownNetworks, output), await networkLists(options.threats, output)];
  const enricher = new Enricher({
    known: learned,
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf(own.lists),
    threats: networksOf(threats.lists),
  });
  const explains = options.explain === true;
  // What is not told by itself is part of what others tell.
  const seen = explains ? { ...book, silent: new Set<string>() } : book;
  const detector = new Detector(seen, enricher, new GroupsInMemory());
  const evidence = explains ? new Evidence(book) : undefined;
  const work = new Detecting(book, detector, learned, output, evidence, own.odd + threats.odd);
  await eachBatch(await openInput(file, stdin, signal), signal, (batch, how) => work.take(batch, how));
  return work.ended(options.strict === true);
}

type Pause = 'full' | 'idle' | 'end';

/** Gathers what comes until there is enough, nothing more comes, or the input ends. */
async function eachBatch(
  stream: Readable,
  signal: AbortSignal,
  take: (batch: readonly Input[], how: Pause) => Promise<void>,
): Promise<void> {
  const inputs = readInput(stream);
  let batch: Input[] = [];
  let next = inputs.next();
  for (;;) {
    signal.throwIfAborted();
    const came = await soon(next, signal);
    if (came === 'idle') {
      if (batch.length > 0) await take(batch, 'idle');
      batch = [];
      continue;
    }
    if (came.done === true) break;
    for (const input of came.value) batch.push(input);
    next = inputs.next();
    if (batch.length < MOST_HELD) continue;
    await take(batch, 'full');
    batch = [];
  }
  await take(batch, 'end');
}

async function soon<T>(next: Promise<T>, signal: AbortSignal): Promise<T | 'idle'> {
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  try {
    return await Promise.race([
      next,
      new Promise<'idle'>((resolve, reject) => {
        timer = setTimeout(() => resolve('idle'), IDLE_MS);
        stop = () => reject(new Error('It was ended.'));
        signal.addEventListener('abort', stop, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

/** One look at a log, and what it has seen so far. */
class Detecting {
  readonly #stories = new Stories();
  readonly #byLevel = new Map<string, number>();
  /** What has matched what: a line that comes twice is one event. */
  readonly #told = new Set<string>();
  readonly #startedAt = performance.now();
  #events = 0;
  #unread = 0;
  #until = 0;
  #latestBehind = 0;

  constructor(
    private readonly book: RuleBook,
    private readonly detector: Detector,
    private readonly learned: LearnedFromLog,
    private readonly output: Output,
    /** For those who ask why. */
    private readonly evidence: Evidence | undefined,
    /** Of lists of networks: entries that say nothing. */
    private readonly oddEntries: number,
  ) {}

  async take(batch: readonly Input[], how: Pause): Promise<void> {
    const events = batch.flatMap((input) => this.#read(input)).toSorted((one, other) => one.at - other.at);
    this.#latestBehind = Math.max(this.#latestBehind, this.#until - (events[0]?.at ?? this.#until));
    this.#until = Math.max(this.#until, events.at(-1)?.at ?? 0);
    this.#events += events.length;
    for (const event of events) this.learned.learn(event);
    // Behind the end of the input nothing comes late.
    const until = how === 'end' ? this.#until + LATEST_MS + 1 : this.#until;
    const detected = this.#loud(await this.detector.detect(events, until));
    for (const match of detected.matches) {
      const name = `${match.event.id} ${match.rule.id}`;
      if (this.#told.has(name)) continue;
      this.#told.add(name);
      await this.#tell(match.rule, match.level, lineOfMatch(match, this.evidence !== undefined));
    }
    this.#stories.take(detected);
    for (const episode of this.#stories.ended(how === 'full' ? until : Number.POSITIVE_INFINITY)) {
      const level = episode.level === undefined ? undefined : LEVELS[episode.level];
      await this.#tell(episode.rule, level ?? episode.rule.level, lineOfEpisode(episode, this.evidence));
    }
    if (how === 'full') this.output.say(`${this.#events} events, ${this.#rate()} a second …`);
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
    const event = 'problem' in input ? undefined : readEvent(input.value);
    if (event !== undefined) return [event];
    this.#unread += 1;
    const problem = 'problem' in input ? input.problem : 'it is no event: an object with "published" is expected';
    if (this.#unread <= MOST_PROBLEMS) this.output.say(`${input.place}: ${problem}.`);
    return [];
  }

  async #tell({ id, title, author }: RuleFacts, level: string, line: object): Promise<void> {
    this.#byLevel.set(level, (this.#byLevel.get(level) ?? 0) + 1);
    await this.output.json({ rule: { id, title, level, ...(author !== undefined && { author }) }, ...line });
  }

  #rate(): number {
    return Math.round(this.#events / Math.max(0.001, (performance.now() - this.#startedAt) / 1_000));
  }

  ended(strict: boolean): ExitCode {
    const { detections, linked, problems } = this.book;
    const rules = detections.length + linked.correlations.length;
    const levels = LEVELS.toReversed().flatMap((level) => {
      const count = this.#byLevel.get(level);
      return count === undefined ? [] : [`${count} ${level}`];
    });
    const found = levels.length === 0 ? 'nothing found' : levels.join(', ');
    this.output.say(`${counted(this.#events, 'event')}, ${counted(rules, 'rule')}: ${found} (${this.#rate()} events a second)`);
    if (this.#latestBehind > LATEST_MS)
      this.output.say(
        'Some events came more than 15 minutes late: correlations may lack them. Sort the events by "published".',
      );
    if (problems.length > 0)
      this.output.say(`${counted(problems.length, 'mistake')} in rules: see above. A rule with a mistake finds nothing.`);
    if (this.#unread > 0) this.output.say(`${counted(this.#unread, 'line')} could not be read.`);
    if (this.#unread > 0 && this.#events === 0) {
      this.output.say(
        'No event was found: events of the log are expected as they are, one JSON object a line, or as one JSON list.',
      );
      return EXIT.failed;
    }
    return strict && problems.length + this.#unread + this.oddEntries > 0 ? EXIT.failed : EXIT.ok;
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

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
  const { rule, group, events, firstAt, lastAt } = episode;
  const values = groupValues(rule, group);
  return {
    events,
    at: new Date(lastAt).toISOString(),
    since: new Date(firstAt).toISOString(),
    ...(Object.keys(values).length > 0 && { group: values }),
    ...(evidence !== undefined && { explain: evidence.explain(episode) }),
  };
}

async function networkLists(
  files: readonly string[] | undefined,
  output: Output,
): Promise<{ readonly lists: readonly NetworkList[]; readonly odd: number }> {
  const lists: NetworkList[] = [];
  let count = 0;
  for (const file of files ?? []) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
    });
    const { list, odd } = readNetworkList(basename(file), text);
    for (const { line, text: entry } of odd)
      output.say(`${basename(file)}:${line}: "${entry}" is neither an address nor a range.`);
    lists.push(list);
    count += odd.length;
  }
  return { lists, odd: count };
}
