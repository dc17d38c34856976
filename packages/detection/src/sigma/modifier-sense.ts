import { RuleError } from './rule-error.js';

const PLACES = ['contains', 'startswith', 'endswith'];
export const COMPARISONS = ['lt', 'lte', 'gt', 'gte'] as const;
export const PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;

const ALWAYS = ['all', 'neq', 'expand'];
const withAll = (names: readonly string[], beside: readonly string[]): readonly (readonly [string, readonly string[]])[] =>
  names.map((name) => [name, beside]);

/** What may stand beside a modifier that says what a value is; others would do nothing, or take its place. */
const BESIDE: ReadonlyMap<string, readonly string[]> = new Map([
  ...withAll(['exists'], ['neq']),
  // That capitals matter goes without saying there.
  ...withAll(['re'], [...ALWAYS, 'i', 'm', 's', 'cased']),
  ...withAll(['cidr'], ALWAYS),
  ...withAll(COMPARISONS, [...ALWAYS, ...PARTS, 'fieldref']),
  ...withAll(PARTS, [...ALWAYS, ...COMPARISONS]),
  ...withAll(['fieldref'], [...ALWAYS, ...PLACES, ...COMPARISONS, 'cased']),
]);

/** A line that says less than it seems to, or something else. @throws RuleError */
export function checkModifiers(names: readonly string[], values: number): void {
  for (const name of names) {
    const beside = BESIDE.get(name) ?? (PLACES.includes(name) ? names.filter((one) => !PLACES.includes(one)) : names);
    const odd = names.find((one) => one !== name && !beside.includes(one));
    if (odd !== undefined) throw new RuleError(`"${name}" and "${odd}" do not go together`);
  }
  // A placeholder stands for several.
  if (names.includes('all') && values === 1 && !names.includes('expand'))
    throw new RuleError('"all" is about several values, and there is one');
}
