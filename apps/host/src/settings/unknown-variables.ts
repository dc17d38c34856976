import { VARIABLE_NAMES } from './variables.js';

/** Read by `npm run demo`, which hands its environment on. */
const ELSEWHERE = ['CASTELLAN_DEMO_PORT'];
/** More letters apart than this is another word. */
const FAR = 4;

/** A line for each variable that looks like ours and is none: a typing error would otherwise be a silent default. */
export function unknownVariables(names: readonly string[]): readonly string[] {
  const known: readonly string[] = [...VARIABLE_NAMES, ...ELSEWHERE];
  return names
    .filter((name) => name.startsWith('CASTELLAN_') && !known.includes(name))
    .map((name) => `${name} is not a setting of this release and was ignored.${suggestion(name)}`);
}

function suggestion(name: string): string {
  const [nearest] = VARIABLE_NAMES.map((known) => ({ known, distance: distance(name, known) })).toSorted(
    (a, b) => a.distance - b.distance,
  );
  return nearest === undefined || nearest.distance > FAR ? '' : ` Did you mean ${nearest.known}?`;
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
