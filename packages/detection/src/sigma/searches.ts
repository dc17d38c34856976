import { allOf, anyOf, type Expression } from './expression.js';
import { fieldSearch, type Scalar } from './field-search.js';
import type { Placeholders } from './placeholders.js';
import { eachOf, RuleError, readOrError, under } from './rule-error.js';

/** As YAML has it. */
export type Plain = Scalar | readonly Plain[] | { readonly [key: string]: Plain };

export const isMap = (value: Plain | undefined): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: Plain | undefined): value is readonly Plain[] => Array.isArray(value);

const MOST_VALUES = 100_000;

/** Everything beside the condition of a detection or a filter, by name; of one that cannot be read what is wrong with it. */
export function readSearches(
  section: { readonly [key: string]: Plain },
  placeholders: Placeholders,
): ReadonlyMap<string, Expression | RuleError> {
  return new Map(
    Object.entries(section).map(([name, search]) => [
      name,
      readOrError(() => under([name], () => readSearch(search, placeholders))),
    ]),
  );
}

/** A map: all of it. A list of maps: one of them. A list of texts: one of them, wherever it stands. */
export function readSearch(search: Plain, placeholders: Placeholders): Expression {
  if (isMap(search)) return readMap(search, placeholders);
  if (!isList(search)) return fieldSearch('', [search], placeholders);
  if (search.length === 0) throw new RuleError('the list is empty');
  if (search.every((value): value is Scalar => !isMap(value) && !isList(value))) return fieldSearch('', search, placeholders);
  return anyOf(eachOf(search.entries(), ([n, one]) => under([n], () => readSearch(one, placeholders))));
}

function readMap(map: { readonly [key: string]: Plain }, placeholders: Placeholders): Expression {
  const lines = Object.entries(map);
  if (lines.length === 0) throw new RuleError('it is empty');
  return allOf(eachOf(lines, ([key, value]) => under([key], () => fieldSearch(key, scalarsOf(value), placeholders))));
}

function scalarsOf(value: Plain): readonly Scalar[] {
  if (isMap(value)) throw new RuleError('a value is expected, and this is a map');
  if (!isList(value)) return [value];
  if (value.length > MOST_VALUES) throw new RuleError(`more than ${MOST_VALUES} values`);
  return value.map((one, n) => {
    if (isMap(one) || isList(one)) throw new RuleError('a value is expected, and this is a list or a map', [n]);
    return one;
  });
}
