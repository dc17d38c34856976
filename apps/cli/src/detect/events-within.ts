import { readEvent } from '@castellan/detection';

/** Events that were wrapped into something else. */
export interface Wrapped {
  readonly events: readonly unknown[];
  /** Where they stand in it: `data.events`. */
  readonly at: string;
}

type Plain = Readonly<Record<string, unknown>>;

/** So deep answers and exports of others wrap events. */
const DEEPEST = 4;
/** In which an export of a log store has an event as text. */
const AS_TEXT: ReadonlySet<string> = new Set(['_raw']);

/**
 * Events within an object that is none: `{"events": [...]}`, `{"_source": {...}}`, `{"hits": {"hits": [{"_source": {...}}]}}`.
 * @returns `undefined`: there are none, or in several places, so that nobody knows which are meant
 */
export function eventsWithin(value: unknown, depth = 0): Wrapped | undefined {
  if (depth >= DEEPEST || !isPlain(value)) return undefined;
  const found = Object.entries(value).flatMap(([key, inner]) => below(key, inner, depth) ?? []);
  const [only, ...others] = found;
  return others.length === 0 ? only : undefined;
}

function below(key: string, inner: unknown, depth: number): Wrapped | undefined {
  if (Array.isArray(inner)) return listed(key, inner, depth);
  const value = AS_TEXT.has(key) ? parsed(inner) : inner;
  if (isPlain(value) && readEvent(value) !== undefined) return { events: [value], at: key };
  const further = eventsWithin(value, depth + 1);
  return further === undefined ? undefined : { events: further.events, at: `${key}.${further.at}` };
}

/** Its first element says what the others are; one that is something else is told as what it is. */
function listed(key: string, list: readonly unknown[], depth: number): Wrapped | undefined {
  const [first] = list;
  if (isPlain(first) && readEvent(first) !== undefined) return { events: list, at: key };
  const further = eventsWithin(first, depth + 1);
  if (further === undefined) return undefined;
  const events = list.flatMap((one) => eventsWithin(one, depth + 1)?.events ?? [one]);
  return { events, at: `${key}.${further.at}` };
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string' || !text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Another kind of text: it says nothing that can be read.
    return undefined;
  }
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MOST_KEYS = 5;
const LONGEST_KEY = 40;

/** Why a value is no event, by what it has: its names, and none of its values. */
export function noEvent(value: unknown): string {
  const expected = 'it is no event: an object with "published" is expected';
  if (!isPlain(value))
    return `${expected}, and this is ${Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`}`;
  if (value['published'] !== undefined) return `${expected}, an instant like 2026-11-02T09:00:00.000Z`;
  const keys = Object.keys(value);
  const named = keys.slice(0, MOST_KEYS).map((key) => JSON.stringify(key.slice(0, LONGEST_KEY)));
  if (keys.length > MOST_KEYS) named.push('…');
  return `${expected}, and this has ${named.length === 0 ? 'nothing' : named.join(', ')}`;
}
