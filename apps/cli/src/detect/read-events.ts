import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { UsageError } from '../exit-code.js';

/** A value of the input, and where it stands; `problem`: it could not be read. */
export type Input = { readonly value: unknown; readonly place: string } | { readonly problem: string; readonly place: string };

/** Bytes of a file. */
const AT_ONCE = 1024 * 1024;
/** One line, or one whole list: longer ones are not read. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** @param file `-`: stdin @throws UsageError it cannot be opened */
export async function openInput(file: string, stdin: Readable, signal: AbortSignal): Promise<Readable> {
  if (file === '-') return stdin;
  const stream = createReadStream(file, { signal, highWaterMark: AT_ONCE });
  await new Promise<void>((resolve, reject) => {
    stream.once('readable', resolve);
    stream.once('end', resolve);
    stream.once('error', (error: NodeJS.ErrnoException) =>
      reject(new UsageError(`${file} cannot be read (${error.code ?? error.message}).`)),
    );
  });
  return stream;
}

/**
 * Events as JSON Lines, or as one JSON list, as they come: so many at a time as come together. What is no JSON is told with its
 * line, and the rest is read on.
 */
export async function* readInput(stream: Readable): AsyncGenerator<readonly Input[]> {
  let number = 0;
  /** Lines of a list, which ends with the input. */
  let list: string[] | undefined;
  for await (const lines of linesOf(stream)) {
    const inputs: Input[] = [];
    for (const line of lines) {
      number += 1;
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (list === undefined && text.trim() === '') continue;
      // A list that begins and ends on one line may be one of several.
      if (list === undefined && text.trimStart().startsWith('[') && !text.trimEnd().endsWith(']')) list = [];
      if (list !== undefined) list.push(text);
      else for (const input of lineOf(text, number)) inputs.push(input);
    }
    if (inputs.length > 0) yield inputs;
  }
  if (list !== undefined) yield [...valuesOf(list.join('\n'), 'the list')];
}

const NEW_LINE = 10;

/** The lines that end in each piece of a stream, and what is left at its end. */
async function* linesOf(stream: Readable): AsyncGenerator<readonly string[]> {
  // A line may come in thousands of pieces, and a character in two: they are put together once.
  let begun: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    const lines: string[] = [];
    let from = 0;
    for (let end = bytes.indexOf(NEW_LINE); end !== -1; end = bytes.indexOf(NEW_LINE, from)) {
      const line = bytes.subarray(from, end);
      lines.push(begun.length === 0 ? line.toString() : Buffer.concat([...begun, line]).toString());
      begun = [];
      from = end + 1;
    }
    length = from > 0 ? bytes.length - from : length + bytes.length;
    if (length > LONGEST_LINE)
      throw new UsageError(`A line has more than ${LONGEST_LINE} bytes: events are expected, one a line.`);
    if (from < bytes.length) begun.push(bytes.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (begun.length > 0) yield [Buffer.concat(begun).toString()];
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
