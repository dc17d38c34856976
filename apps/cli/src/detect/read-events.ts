import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { UsageError } from '../exit-code.js';

/** A value of the input, and where it stands; `problem`: it could not be read. */
export type Input = { readonly value: unknown; readonly place: string } | { readonly problem: string; readonly place: string };

/** One line, or one whole list: longer ones are not read. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** @param file `-`: stdin @throws UsageError it cannot be opened */
export async function openInput(file: string, stdin: Readable, signal: AbortSignal): Promise<Readable> {
  if (file === '-') return stdin;
  const stream = createReadStream(file, { signal });
  await new Promise<void>((resolve, reject) => {
    stream.once('readable', resolve);
    stream.once('end', resolve);
    stream.once('error', (error: NodeJS.ErrnoException) =>
      reject(new UsageError(`${file} cannot be read (${error.code ?? error.message}).`)),
    );
  });
  return stream;
}

/** Events as JSON Lines, or as one JSON list, as they come. What is no JSON is told with its line, and the rest is read on. */
export async function* readInput(stream: Readable): AsyncGenerator<Input> {
  let number = 0;
  /** Lines of a list, which ends with the input. */
  let list: string[] | undefined;
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (list === undefined && text.trim() === '') continue;
    // A list that begins and ends on one line may be one of several.
    if (list === undefined && text.trimStart().startsWith('[') && !text.trimEnd().endsWith(']')) list = [];
    if (list === undefined) yield* lineOf(text, number);
    else list.push(text);
  }
  if (list !== undefined) yield* valuesOf(list.join('\n'), 'the list');
}

function lineOf(text: string, number: number): Iterable<Input> {
  const place = `line ${number}`;
  if (text.length > LONGEST_LINE) return [{ place, problem: `it has more than ${LONGEST_LINE} characters` }];
  return valuesOf(text, place);
}

function* valuesOf(text: string, place: string): Generator<Input> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    yield { place, problem: `it is no JSON (${error instanceof Error ? error.message.slice(0, 120) : 'unknown'})` };
    return;
  }
  if (!Array.isArray(value)) {
    yield { value, place };
    return;
  }
  for (const [n, element] of value.entries()) yield { value: element, place: `${place}, element ${n + 1}` };
}
