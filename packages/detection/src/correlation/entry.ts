/** An event that one of the rules of a correlation has matched, with as much of it as that correlation needs. */
export interface Entry {
  /** When it happened, in ms since 1970. */
  readonly at: number;
  /** `uuid` of the event. */
  readonly id: string;
  /** Which of the rules, by its place. */
  readonly rule: number;
  /** What is counted: of several fields one text; `undefined`: the event has none. */
  readonly value: string | undefined;
  /** Where it happened, in degrees. */
  readonly place?: readonly [latitude: number, longitude: number] | undefined;
  /** By its place in {@link LEVELS}: how bad it is, where that is not said by the rule alone. */
  readonly level?: number | undefined;
  /** Of a correlation that is about another one: in which of its groups that one holds. One event may be told of several. */
  readonly from?: string | undefined;
  /** The same: when the window began that it stands for. */
  readonly since?: number | undefined;
}

/** By time; of the same moment by name, so that the order is one whatever comes first. */
export function isBefore(one: Entry, other: Entry): boolean {
  if (one.at !== other.at) return one.at < other.at;
  if (one.id !== other.id) return one.id < other.id;
  return one.rule === other.rule ? (one.from ?? '') < (other.from ?? '') : one.rule < other.rule;
}

const isSame = (one: Entry, other: Entry): boolean => one.id === other.id && one.rule === other.rule && one.from === other.from;

/** By which it is told from others of its group. */
export const nameOf = ({ id, rule, from = '' }: Entry): string => `${rule} ${id} ${from}`;

/** The first that is at `at` or later. */
export function firstAt(entries: readonly Entry[], at: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where an entry belongs; `undefined`: it is there already. */
export function placeOf(entries: readonly Entry[], entry: Entry): number | undefined {
  // Most come in their order.
  let place = entries.length;
  for (let other = entries[place - 1]; other !== undefined && !isBefore(other, entry); other = entries[place - 1]) {
    if (isSame(other, entry)) return undefined;
    place -= 1;
  }
  return place;
}
