import { ValueScan } from './value-scan.js';

/** A value of the input, and where it stands; `problem`: it could not be read. */
export type Input = { readonly value: unknown; readonly place: string } | { readonly problem: string; readonly place: string };

/** Bytes of one event, or of one line. */
export const LARGEST = 10 * 1024 * 1024;
const TOO_LARGE = `it has more than ${LARGEST / 1024 / 1024} MB, and one event is expected (events that stand within one object are taken out with: jq -c '.events[]' FILE | castellan detect -)`;
const ONE_A_LINE = 'one event a line is expected, as "jq -c . FILE" writes them';

const NEW_LINE = 0x0a;
const OPEN_LIST = 0x5b;
const OPEN_MAP = 0x7b;
const COMMA = 0x2c;
const BLANK = /^[\s,]*$/;

const isBlank = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === NEW_LINE || byte === COMMA;

/** Bytes that belong together; of too many none is kept. */
class Gathered {
  #pieces: Buffer[] = [];
  #length = 0;

  get isTooLarge(): boolean {
    return this.#length > LARGEST;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(piece: Buffer): void {
    this.#length += piece.length;
    if (this.isTooLarge) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  take(): Buffer {
    const bytes = this.#pieces.length === 1 ? this.#pieces[0] : undefined;
    const all = bytes ?? Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return all;
  }
}

/** Where a value begins that is being looked for the end of. */
interface Begun {
  readonly scan: ValueScan;
  readonly line: number;
  /** Of a list, from 1. */
  readonly element?: number;
  /** Why its first line is no value by itself. */
  readonly error?: string;
}

/**
 * Takes an input apart into JSON values, however they stand: one a line, a list, over many lines, one behind the other. Of what is
 * no JSON the line is told, and what stands on the lines behind it is read on. No more than {@link LARGEST} bytes are kept.
 */
export class ValueSplitter {
  readonly #gathered = new Gathered();
  /** Of the byte that comes next, from 1. */
  #line = 1;
  #value: Begun | undefined;
  /** The rest of the line belongs to what is broken. */
  #isBroken = false;
  #found: Input[] = [];
  #told = 0;

  /** @returns what has ended in this piece, or could not be read */
  push(bytes: Buffer): readonly Input[] {
    for (let from = 0; from < bytes.length; )
      from = this.#value === undefined ? this.#inLine(bytes, from) : this.#inValue(bytes, from);
    return this.#taken();
  }

  end(): readonly Input[] {
    const value = this.#value;
    if (value === undefined) {
      if (!this.#gathered.isEmpty) this.#lineEnded();
      // It may be the first line of a value over many.
      if (this.#value !== undefined) this.#broke(this.#value);
    } else if (this.#isBroken || value.element === undefined) this.#broke(value);
    else {
      this.#ended(value);
      this.#tell(this.#line, 'the list does not end');
    }
    return this.#taken();
  }

  #taken(): readonly Input[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #inLine(bytes: Buffer, from: number): number {
    if (this.#gathered.isEmpty) {
      let first = from;
      for (let byte = bytes[first]; byte !== undefined && isBlank(byte); first += 1, byte = bytes[first])
        if (byte === NEW_LINE) this.#line += 1;
      if (first > from) return first;
      if (bytes[from] === OPEN_LIST) {
        this.#begin({ line: this.#line, element: 1 });
        return from + 1;
      }
    }
    const end = bytes.indexOf(NEW_LINE, from);
    this.#gathered.add(bytes.subarray(from, end === -1 ? undefined : end));
    if (end === -1) return bytes.length;
    this.#lineEnded();
    // Of a value that goes on the next line is part of it, and so is what lies between.
    if (this.#value !== undefined) this.#gathered.add(bytes.subarray(end, end + 1));
    this.#line += 1;
    return end + 1;
  }

  #lineEnded(): void {
    if (this.#gathered.isTooLarge) {
      this.#gathered.take();
      this.#tell(this.#line, TOO_LARGE);
      return;
    }
    const bytes = this.#gathered.take();
    const text = bytes.toString();
    if (BLANK.test(text)) return;
    const error = this.#read(text, `line ${this.#line}`);
    if (error !== undefined) this.#apart(bytes, error);
  }

  /** A line that is no value by itself: several, or the first of a value over many. */
  #apart(bytes: Buffer, error: string): void {
    let from = 0;
    for (;;) {
      while (isBlank(bytes[from] ?? 0)) from += 1;
      if (from >= bytes.length) return;
      const scan = new ValueScan(false);
      let at = from;
      let step = scan.step(bytes[at] ?? 0);
      while (step === 'on' && at + 1 < bytes.length) step = scan.step(bytes[(at += 1)] ?? 0);
      const isMap = bytes[from] === OPEN_MAP;
      if (step === 'on' && isMap && scan.goesOn) {
        this.#value = { scan, line: this.#line, error };
        this.#gathered.add(bytes.subarray(from));
        return;
      }
      if (step !== 'ended' || !isMap) {
        this.#tell(this.#line, error);
        return;
      }
      const wrong = this.#read(bytes.toString('utf8', from, at + 1), `line ${this.#line}`);
      if (wrong !== undefined) {
        this.#tell(this.#line, wrong);
        return;
      }
      from = at + 1;
    }
  }

  #begin({ line, element }: { readonly line: number; readonly element?: number }): void {
    this.#value = { scan: new ValueScan(element !== undefined), line, ...(element !== undefined && { element }) };
  }

  #inValue(bytes: Buffer, from: number): number {
    const value = this.#value;
    if (value === undefined) return from;
    if (this.#isBroken) return this.#pastBroken(value, bytes, from);
    const { scan } = value;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      const step = scan.step(byte);
      if (step === 'on') {
        if (byte !== NEW_LINE) continue;
        this.#line += 1;
        // An element begins where something of it stands.
        if (!scan.isEmpty || value.element === undefined) continue;
        this.#begin({ line: this.#line, element: value.element });
        this.#gathered.take();
        return at + 1;
      }
      if (step === 'broken') {
        this.#gathered.add(bytes.subarray(from, at));
        this.#isBroken = true;
        return at;
      }
      this.#gathered.add(bytes.subarray(from, step === 'ended' ? at + 1 : at));
      this.#ended(value);
      if (step === 'before') this.#begin({ line: this.#line, element: (value.element ?? 0) + 1 });
      else this.#value = undefined;
      return at + 1;
    }
    this.#gathered.add(bytes.subarray(from));
    return bytes.length;
  }

  #ended({ scan, line, element }: Begun): void {
    const isTooLarge = this.#gathered.isTooLarge;
    const bytes = this.#gathered.take();
    // A list may be empty, or have a comma behind its last element.
    if (scan.isEmpty) return;
    const place = element === undefined ? `line ${line}` : `line ${line}, element ${element}`;
    const problem = isTooLarge ? TOO_LARGE : this.#read(bytes.toString(), place);
    if (problem !== undefined) this.#found.push({ place, problem });
  }

  #pastBroken(value: Begun, bytes: Buffer, from: number): number {
    const end = bytes.indexOf(NEW_LINE, from);
    this.#gathered.add(bytes.subarray(from, end === -1 ? undefined : end));
    if (end === -1) return bytes.length;
    this.#broke(value);
    this.#line += 1;
    return end + 1;
  }

  /** Told once; what stands on its other lines may be whole by itself. */
  #broke({ line, element, error }: Begun): void {
    const isTooLarge = this.#gathered.isTooLarge;
    const text = this.#gathered.take().toString();
    this.#value = undefined;
    this.#isBroken = false;
    const place = element === undefined ? `line ${line}` : `line ${line}, element ${element}`;
    const lines = text.split('\n');
    const why =
      lines.length > 1
        ? `what begins here is no JSON up to line ${this.#line}, or does not end: ${ONE_A_LINE}`
        : (error ?? parsed(text).error ?? 'it is no JSON');
    this.#found.push({ place, problem: isTooLarge ? TOO_LARGE : why });
    for (const [n, one] of lines.entries()) {
      const { value } = parsed(one.trim().replace(/,$/, ''));
      if (typeof value === 'object' && value !== null) this.#found.push({ value, place: `line ${line + n}` });
    }
  }

  /** @returns why it is none */
  #read(text: string, place: string): string | undefined {
    const { value, error } = parsed(text);
    if (error === undefined) this.#found.push({ value, place });
    return error;
  }

  /** Once a line. */
  #tell(line: number, problem: string): void {
    if (this.#told === line) return;
    this.#told = line;
    this.#found.push({ place: `line ${line}`, problem });
  }
}

function parsed(text: string): { readonly value?: unknown; readonly error?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: `it is no JSON (${error instanceof Error ? error.message.slice(0, 120) : 'unknown'})` };
  }
}
