import type { ParameterValues } from './parameter.js';

// `$name`, but neither `$1` nor the `$$` of a quoted body.
const NAME = /(?<!\$)\$([a-z]\w*)/gi;

export function namesIn(sql: string): readonly string[] {
  return [...sql.matchAll(NAME)].map(([, name]) => name ?? '');
}

/** Names as the numbers that the database wants, with the values in their order. */
export function bindNames(
  sql: string,
  integrationId: string,
  parameters: ParameterValues,
): { readonly sql: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const places = new Map<string, string>();
  const bound = sql.replaceAll(NAME, (_, name: string) => {
    let place = places.get(name);
    if (place === undefined) {
      const value = name === 'integration' ? integrationId : parameters[name];
      if (value === undefined) throw new Error(`Nothing is known of $${name}.`);
      values.push(value);
      place = `$${values.length}::${typeOf(name, value)}`;
      places.set(name, place);
    }
    return place;
  });
  return { sql: bound, values };
}

function typeOf(name: string, value: unknown): string {
  if (name === 'integration') return 'uuid';
  return typeof value === 'number' ? 'integer' : 'text[]';
}
