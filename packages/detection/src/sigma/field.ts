import { Later } from './later.js';

/**
 * Goes through the values of a field of an event until one is what is looked for: of `target.type` those of every element, as
 * of any array on the way. A field that is not there has none.
 */
export type Field = (event: unknown, isMeant: (value: unknown) => boolean) => boolean;

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

/**
 * A field by its name: keys with a dot between them. An object may also have the whole name, or the rest of it, as one key. Keys are
 * as they are written, or, where an object has none that is, whatever their capitals. It remembers what it has read of the last event.
 */
export function fieldOf(name: string): Field {
  const keys = name.split('.');
  const steps = keys.map((key, n) => {
    const rest = keys.slice(n).join('.');
    return { key, small: key.toLowerCase(), rest, smallRest: rest.toLowerCase() };
  });
  const anyWay = everyWay(steps);
  let last: unknown = NO_EVENT;
  let only: unknown;
  let all: readonly unknown[] | undefined;
  const read = (event: unknown): void => {
    last = event;
    only = straightTo(event, steps);
    const isOne = only !== undefined && (typeof only !== 'object' || only === null) && !hasOtherWay(event, steps);
    all = isOne ? undefined : anyWay(event);
  };
  return (event, isMeant) => {
    if (event !== last) read(event);
    if (all === undefined) return isMeant(only);
    for (const value of all) if (isMeant(value)) return true;
    return false;
  };
}

const NO_EVENT = Symbol('none');

/** The value at the end of the way on which nothing is a list and all is written as it is named: most are found so. `undefined`: none. */
function straightTo(event: unknown, steps: readonly Step[]): unknown {
  let node = event;
  for (const { key } of steps) {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
    if (node instanceof Later) node = node.at(key);
    else if (Object.hasOwn(node, key)) node = valueOf(node, key);
    else return undefined;
  }
  return node;
}

/** Whether an object on the straight way has several keys of a name as one. */
function hasOtherWay(event: unknown, steps: readonly Step[]): boolean {
  let node = event;
  for (let n = 0; n + 1 < steps.length; n += 1) {
    const step = steps[n];
    if (step === undefined || typeof node !== 'object' || node === null) return false;
    if (node instanceof Later) node = node.at(step.key);
    else if (Object.hasOwn(node, step.rest)) return true;
    else node = valueOf(node, step.key);
  }
  return false;
}

const NOTHING: readonly never[] = [];

function everyWay(steps: readonly Step[]): (event: unknown) => readonly unknown[] {
  const last = steps.length;
  let left = 0;
  const visit = (node: unknown, step: number, depth: number, found: unknown[]): void => {
    if (Array.isArray(node)) {
      if (depth >= DEEPEST) return;
      for (const element of node) {
        left -= 1;
        if (left < 0) return;
        visit(element, step, depth + 1, found);
      }
      // A list without anything in it is there all the same.
      if (step === last && node.length === 0) found.push(null);
      return;
    }
    const at = steps[step];
    if (at === undefined) {
      if (node !== undefined) found.push(node);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    if (node instanceof Later) return visit(node.find(at.key, at.small), step + 1, depth, found);
    const isHere = Object.hasOwn(node, at.key);
    if (isHere) visit(valueOf(node, at.key), step + 1, depth, found);
    const isWhole = step + 1 < last && Object.hasOwn(node, at.rest);
    if (isWhole) visit(valueOf(node, at.rest), last, depth, found);
    if (isHere || isWhole) return;
    // The order in which an object has its keys says nothing: of several that differ in their capitals, any will do.
    for (const key of alikeIn(node, at)) {
      left -= 1;
      if (left < 0) return;
      visit(valueOf(node, key), key.length === at.small.length ? step + 1 : last, depth, found);
    }
  };
  return (event) => {
    left = MOST_VALUES;
    const found: unknown[] = [];
    visit(event, 0, 0, found);
    return found.length === 0 ? NOTHING : found;
  };
}

const NO_KEYS: readonly string[] = [];

function alikeIn(node: object, { small, smallRest }: Step): readonly string[] {
  let found = NO_KEYS;
  for (const key in node) {
    const { length } = key;
    if (length !== small.length && length !== smallRest.length) continue;
    const other = key.toLowerCase();
    if ((other === small || other === smallRest) && Object.hasOwn(node, key)) found = [...found, key];
  }
  return found;
}

/** The first value of a field as a text; `undefined`: it has none. */
export function textOf(field: Field, event: unknown): string | undefined {
  let text: string | undefined;
  field(event, (value) => {
    text = asText(value);
    return text !== undefined;
  });
  return text;
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
