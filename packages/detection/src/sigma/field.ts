import { keptText } from './kept-text.js';
import { Later, MADE, WithMade } from './later.js';

// Of an event that somebody else wrote: deeper, and at more of a list, nobody looks.
const DEEPEST = 64;
const MOST_VALUES = 256;

interface Step {
  readonly key: string;
  readonly small: string;
  /** All that is left of the name, as one key. */
  readonly rest: string;
  readonly smallRest: string;
}

/** Characters of a text that are looked at: what stands behind them was written to be slow. */
export const MOST_TEXT = 16_384;
/** Of all values of a field together. */
export const MOST_OF_FIELD = 4 * MOST_TEXT;
/** Of a field with many values so many are read as texts. */
const MOST_TEXTS = 16;

/**
 * A field by its name: keys with a dot between them. An object may also have the whole name, or the rest of it, as one key. Keys are
 * as they are written, or, where an object has none that is, whatever their capitals. Of `target.type` it has the values of every
 * element, as of any array on the way; of what is not there, none. What it has read of the last event it remembers.
 */
export class Field {
  readonly #way: Way;
  /** Of an event with what is made of it, where that is meant. */
  readonly #wayInMade: Way | undefined;
  #event: unknown = NO_EVENT;
  #only: unknown;
  /** `undefined`: there is one value alone. */
  #all: readonly unknown[] | undefined;
  // `undefined`: nobody has asked.
  #cut: readonly string[] | undefined;
  #small: readonly string[] | undefined;
  #texts: readonly string[] | undefined;

  constructor(name: string) {
    const keys = name.split('.');
    const steps = keys.map((key, n) => {
      const rest = keys.slice(n).join('.');
      return { key, small: key.toLowerCase(), rest, smallRest: rest.toLowerCase() };
    });
    this.#way = new Way(steps);
    this.#wayInMade = steps[0]?.small === MADE ? new Way(steps.slice(1)) : undefined;
  }

  /** Goes through its values until one is what is looked for. */
  some(event: unknown, isMeant: (value: unknown) => boolean): boolean {
    if (event !== this.#event) this.#read(event);
    if (this.#all === undefined) return isMeant(this.#only);
    for (const value of this.#all) if (isMeant(value)) return true;
    return false;
  }

  /** Those that can be read as texts, no longer than {@link MOST_TEXT}, and together no longer than {@link MOST_OF_FIELD}. */
  cut(event: unknown): readonly string[] {
    if (event !== this.#event) this.#read(event);
    this.#cut ??= this.#all === undefined ? cutOf(this.#only) : firstOf(this.#all);
    return this.#cut;
  }

  /** How many those have together. */
  characters(event: unknown): number {
    let sum = 0;
    for (const { length } of this.cut(event)) sum += length;
    return sum;
  }

  /** {@link cut} in small letters. */
  small(event: unknown): readonly string[] {
    if (event !== this.#event) this.#read(event);
    this.#small ??= smallOf(this.cut(event));
    return this.#small;
  }

  /** Those that can be read as texts and are not empty, each once, as groups keep them. The first so many. */
  texts(event: unknown): readonly string[] {
    if (event !== this.#event) this.#read(event);
    this.#texts ??= this.#all === undefined ? textsOf(this.#only) : [...new Set(each(this.#all, textsOf))].slice(0, MOST_TEXTS);
    return this.#texts;
  }

  #read(event: unknown): void {
    this.#event = event;
    this.#cut = undefined;
    this.#small = undefined;
    this.#texts = undefined;
    if (!(event instanceof WithMade)) this.#readFrom(event, this.#way);
    else if (this.#wayInMade === undefined) this.#readFrom(event.raw, this.#way);
    else this.#readFrom(event.x, this.#wayInMade);
  }

  #readFrom(root: unknown, way: Way): void {
    const only = way.straight(root);
    this.#only = only;
    if (only === undefined) this.#all = way.every(root);
    else this.#all = only === ABSENT ? NOTHING : undefined;
  }
}

const NO_EVENT = Symbol('none');
/** A field has no value. */
const ABSENT = Symbol('absent');
const NO_TEXTS: readonly string[] = [];

/** What `flatMap` does: that takes several times as long, and fields have few values. */
function each(values: readonly unknown[], textsIn: (value: unknown) => readonly string[]): readonly string[] {
  if (values.length === 0) return NO_TEXTS;
  const texts: string[] = [];
  for (const value of values) for (const text of textsIn(value)) texts.push(text);
  return texts;
}

function textsOf(value: unknown): readonly string[] {
  const text = asText(value);
  return text === undefined || text === '' ? NO_TEXTS : [keptText(text)];
}

function cutOf(value: unknown): readonly string[] {
  const text = asText(value);
  if (text === undefined) return NO_TEXTS;
  return [text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text];
}

function firstOf(values: readonly unknown[]): readonly string[] {
  let left = MOST_OF_FIELD;
  return each(values, (value) => {
    if (left <= 0) return NO_TEXTS;
    const cut = cutOf(value);
    left -= cut[0]?.length ?? 0;
    return cut;
  });
}

/** Of most fields there is one text. */
function smallOf(texts: readonly string[]): readonly string[] {
  const [only] = texts;
  if (only !== undefined && texts.length === 1) return [only.toLowerCase()];
  return texts.map((text) => text.toLowerCase());
}

/** From an event, or what is made of it, to the values of a field. */
class Way {
  /** Elements that may still be looked at. */
  #left = 0;

  constructor(private readonly steps: readonly Step[]) {}

  /** The value of a field that has one: most are found so, with nothing on the way that is a list or is not written as it is named. `undefined`: that is not known so. */
  straight(root: unknown): unknown {
    const { steps } = this;
    let node = root;
    for (let n = 0; n < steps.length; n += 1) {
      const step = steps[n];
      if (step === undefined || typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
      if (node instanceof Later) {
        const below = node;
        node = below.at(step.key);
        if (node === undefined && below.has(step.key)) return ABSENT;
      } else {
        if (!Object.hasOwn(node, step.key)) return undefined;
        // Several keys of the name as one are another way.
        if (n + 1 < steps.length && Object.hasOwn(node, step.rest)) return undefined;
        node = valueOf(node, step.key);
      }
    }
    return typeof node === 'object' && node !== null ? undefined : node;
  }

  every(root: unknown): readonly unknown[] {
    this.#left = MOST_VALUES;
    const found: unknown[] = [];
    this.#visit(root, 0, 0, found);
    return found.length === 0 ? NOTHING : found;
  }

  #visit(node: unknown, step: number, depth: number, found: unknown[]): void {
    const { steps } = this;
    if (Array.isArray(node)) {
      if (depth >= DEEPEST) return;
      for (const element of node) {
        this.#left -= 1;
        if (this.#left < 0) return;
        this.#visit(element, step, depth + 1, found);
      }
      // A list without anything in it is there all the same.
      if (step === steps.length && node.length === 0) found.push(null);
      return;
    }
    const at = steps[step];
    if (at === undefined) {
      if (node !== undefined) found.push(node);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    if (node instanceof Later) return this.#visit(node.find(at.key, at.small), step + 1, depth, found);
    const isHere = Object.hasOwn(node, at.key);
    if (isHere) this.#visit(valueOf(node, at.key), step + 1, depth, found);
    const isWhole = step + 1 < steps.length && Object.hasOwn(node, at.rest);
    if (isWhole) this.#visit(valueOf(node, at.rest), steps.length, depth, found);
    if (isHere || isWhole) return;
    // The order in which an object has its keys says nothing: of several that differ in their capitals, any will do.
    for (const key of alikeIn(node, at)) {
      this.#left -= 1;
      if (this.#left < 0) return;
      this.#visit(valueOf(node, key), key.length === at.small.length ? step + 1 : steps.length, depth, found);
    }
  }
}

const NOTHING: readonly never[] = [];
const NO_KEYS: readonly string[] = [];
/** Objects with more keys are gone through once, and not for each field. */
const MANY_KEYS = 64;

/** Keys of such objects, by what they are in small letters. */
const manyKeys = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

function alikeIn(node: object, { small, smallRest }: Step): readonly string[] {
  const many = manyKeys.get(node);
  if (many !== undefined) return alikeAmong(many, small, smallRest);
  let found = NO_KEYS;
  let count = 0;
  for (const key in node) {
    count += 1;
    if (count > MANY_KEYS) return alikeAmong(keysOf(node), small, smallRest);
    const { length } = key;
    if (length !== small.length && length !== smallRest.length) continue;
    const other = key.toLowerCase();
    if ((other === small || other === smallRest) && Object.hasOwn(node, key)) found = [...found, key];
  }
  return found;
}

function alikeAmong(keys: ReadonlyMap<string, readonly string[]>, small: string, smallRest: string): readonly string[] {
  const alike = keys.get(small) ?? NO_KEYS;
  return small === smallRest ? alike : [...alike, ...(keys.get(smallRest) ?? NO_KEYS)];
}

function keysOf(node: object): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  for (const key of Object.keys(node)) {
    const small = key.toLowerCase();
    const alike = keys.get(small);
    if (alike === undefined) keys.set(small, [key]);
    else if (alike.length < MOST_VALUES) alike.push(key);
  }
  manyKeys.set(node, keys);
  return keys;
}

/** A value as a rule compares it; `undefined`: it is an object, or `null`. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}

function valueOf(node: object, key: string): unknown {
  // Every own property of an object has a value, which may be anything.
  return (node as Readonly<Record<string, unknown>>)[key];
}
