import type { Readable } from 'node:stream';
import {
  Detector,
  Enricher,
  Evidence,
  GroupsInMemory,
  HistoriesInMemory,
  LearnedFromLog,
  networksOf,
} from '@castellan/detection';
import { connectorIds } from '../connectors.js';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { Detecting, type Pause } from './detecting.js';
import { networkLists } from './network-lists.js';
import { openInput } from './open-input.js';
import { readInput } from './read-events.js';
import { BUILTIN, rulesOf } from './rule-sources.js';
import type { Input } from './value-splitter.js';

export interface DetectOptions {
  readonly rules?: readonly string[];
  readonly placeholder?: readonly (readonly [string, readonly string[]])[];
  /** Of the log, as log sources of rules name it. */
  readonly product?: readonly string[];
  readonly ownNetworks?: readonly string[];
  readonly threats?: readonly string[];
  readonly explain?: boolean;
  readonly strict?: boolean;
}

/** Events that are put in order before rules see them. */
const MOST_HELD = 50_000;
/** After so long without a line what is there is looked at: somebody may be watching. */
const IDLE_MS = 1_000;
/** Of those bytes of input: they may be large. */
const MOST_BYTES_HELD = 256 * 1024 * 1024;

/**
 * `castellan detect`: rules over a log, without a database. A line for each event that a detection matches, and for each episode
 * that a correlation finds.
 */
export async function detect(
  file: string,
  options: DetectOptions,
  stdin: Readable & { readonly isTTY?: boolean },
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (file === '-' && stdin.isTTY === true)
    output.say(
      'Waiting for events on stdin, one JSON object a line, until Ctrl-D. To read a file: castellan detect events.jsonl',
    );
  const placeholders = Object.fromEntries(options.placeholder ?? []);
  const asked = { placeholders, products: options.product, connectors: await connectorIds() };
  const { book, files } = await rulesOf(options.rules ?? [BUILTIN], asked, output);
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
  const work = new Detecting(book, files, detector, learned, output, evidence, own.odd + threats.odd);
  await eachBatch(await openInput(file, stdin, signal), signal, (batch, how) => work.take(batch, how));
  return work.ended(options.strict === true);
}

/** Gathers what comes until there is enough, nothing more comes, or the input ends. */
async function eachBatch(
  stream: Readable,
  signal: AbortSignal,
  take: (batch: readonly Input[], how: Pause) => Promise<void>,
): Promise<void> {
  const inputs = readInput(stream);
  let batch: Input[] = [];
  let bytes = 0;
  let next = inputs.next();
  for (;;) {
    signal.throwIfAborted();
    const came = await soon(next, signal);
    if (came === 'idle') {
      if (batch.length > 0) await take(batch, 'idle');
      [batch, bytes] = [[], 0];
      continue;
    }
    if (came.done === true) break;
    for (const input of came.value.inputs) batch.push(input);
    bytes += came.value.bytes;
    next = inputs.next();
    if (batch.length < MOST_HELD && bytes < MOST_BYTES_HELD) continue;
    await take(batch, 'full');
    [batch, bytes] = [[], 0];
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
