import { checkKey, checkSlip, MOST_UNKNOWN, nearKey } from '../sigma/near-name.js';
import { eachOf, RuleError, together, under } from '../sigma/rule-error.js';
import { isMap, type Plain } from '../sigma/searches.js';

/** What may stand under `correlation`. */
export const CORRELATION_KEYS: readonly string[] = [
  'type',
  'rules',
  'group-by',
  'timespan',
  'condition',
  'aliases',
  'generate',
];

export const COMPARISONS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;

/** What a condition may have, by type. That of `temporal_ordered` others write, and it says what the type says. */
const OF_CONDITION: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  // What is counted is events: the schema of the specification lets a field stand beside it all the same.
  ['event_count', [...COMPARISONS, 'field']],
  ['value_count', [...COMPARISONS, 'field']],
  ['value_sum', [...COMPARISONS, 'field']],
  ['value_avg', [...COMPARISONS, 'field']],
  ['value_percentile', [...COMPARISONS, 'field', 'percentile']],
  ['temporal', COMPARISONS],
  ['temporal_ordered', COMPARISONS],
  ['castellan.new_value', ['field', 'learned']],
  ['castellan.absence', []],
  ['castellan.geo_velocity', [...COMPARISONS, 'field', 'km']],
  ['castellan.ratio', [...COMPARISONS, 'least']],
]);

/** A key that nobody reads changes nothing, whatever was meant by it. @throws RuleError of all of them */
export function checkCorrelationKeys(section: { readonly [key: string]: Plain }): void {
  const { type, condition } = section;
  const known = typeof type === 'string' ? OF_CONDITION.get(type) : undefined;
  together({
    section: () => eachOf(unknownIn(section), (key) => checkSlip(key, CORRELATION_KEYS)),
    condition: () => {
      // Of a type that there is not nobody knows.
      if (known === undefined || !isMap(condition)) return;
      if (known.length === 0 && Object.keys(condition).length > 0)
        throw new RuleError(`"${String(type)}" has no condition`, ['condition']);
      under(['condition'], () => eachOf(Object.keys(condition), (key) => checkKey(key, known)));
    },
  });
}

const unknownIn = (section: { readonly [key: string]: Plain }): readonly string[] =>
  Object.keys(section)
    .filter((key) => !CORRELATION_KEYS.includes(key))
    .slice(0, MOST_UNKNOWN);

/** Of a section with slips, those keys that they are meant to be and that are missing. */
export function meantKeys(section: { readonly [key: string]: Plain }): readonly string[] {
  const unknown = unknownIn(section);
  const missing = CORRELATION_KEYS.filter((key) => section[key] === undefined);
  return unknown.flatMap((key) => nearKey(key, missing) ?? []);
}
