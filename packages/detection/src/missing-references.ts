import { MOST_FOUND, RuleError } from './sigma/rule-error.js';
import { isList, isMap, type Plain } from './sigma/searches.js';

/**
 * Of a correlation or a filter that has mistakes of its own: which rules it is about that there are not. Whoever mends it would be
 * told of them only after that.
 */
export function missingReferences(
  content: { readonly [key: string]: Plain },
  isThere: (name: string) => boolean,
): readonly RuleError[] {
  return (['correlation', 'filter'] as const).flatMap((key) => {
    const section = content[key];
    if (!isMap(section)) return [];
    const { rules } = section;
    const named = isList(rules) ? rules.slice(0, MOST_FOUND) : [rules];
    return named.flatMap((name, n) => {
      if (typeof name !== 'string' || name.toLowerCase() === 'any' || named.indexOf(name) < n || isThere(name)) return [];
      return [new RuleError(`there is no rule "${name}"`, [key, 'rules', ...(isList(rules) ? [n] : [])])];
    });
  });
}
