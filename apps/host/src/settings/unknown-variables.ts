import { VARIABLE_NAMES } from './variables.js';

/** Read by `npm run demo`, which hands its environment on. */
const ELSEWHERE = ['CASTELLAN_DEMO_PORT'];
const PREFIX = 'CASTELLAN_';
/** More letters apart than this is another word. */
const FAR = 2;

/** A line for each variable that looks like ours and is none: a typing error would otherwise be a silent default. */
export function unknownVariables(names: readonly string[]): readonly string[] {
  const known: readonly string[] = [...VARIABLE_NAMES, ...ELSEWHERE];
  return names
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => `${name} is not a setting of this release and was ignored.${suggestion(name)}`);
}

function suggestion(name: string): string {
  // Some of ours have no prefix: CASTELLAN_PORT means PORT.
  const distances = VARIABLE_NAMES.map((known) => ({ known, distance: distance(withoutPrefix(name), withoutPrefix(known)) }));
  const [nearest] = distances.toSorted((a, b) => a.distance - b.distance);
  return nearest === undefined || nearest.distance > FAR ? '' : ` Did you mean ${nearest.known}?`;
}

function withoutPrefix(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** Levenshtein's: how many letters must be put in, taken out or exchanged. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
