/**
 * Several examples of one body or answer, by what makes them differ: `under way`, `failed`. What may be missing and what
 * may be `null` is read from their differences, so together they show every form.
 */
export class Examples {
  /** @param more of the same form, which are not shown: they stand at another route. */
  constructor(
    readonly byName: Readonly<Record<string, unknown>>,
    readonly more: readonly unknown[] = [],
  ) {}
}

/** How the keys of an object in an example are meant. Without a mark they are the names of its properties. */
const KEYS = Symbol('castellan:keys');
export type KeyMeaning = 'names' | 'data' | 'anything';

/** A map: the keys are data, and all values have one form. */
export function keyed<T extends object>(value: T): T {
  return marked(value, 'data');
}

/** Whatever a provider or a connector puts there: the API promises nothing about the inside. */
export function freeForm<T extends object>(value: T): T {
  return marked(value, 'anything');
}

export function keyMeaningOf(value: object): KeyMeaning {
  const mark: unknown = Reflect.get(value, KEYS);
  return mark === 'data' || mark === 'anything' ? mark : 'names';
}

/** A copy, so that an object that is an example elsewhere keeps its own meaning. The mark is in no JSON. */
function marked<T extends object>(value: T, meaning: KeyMeaning): T {
  return Object.defineProperty({ ...value }, KEYS, { value: meaning });
}

export function examplesOf(given: unknown): Examples {
  return given instanceof Examples ? given : new Examples({ example: given });
}
