import type { FormField } from './form-schema.js';
import { chosenVariant, type FormValues } from './form-values.js';

/**
 * What the host says of settings by path (issues, hints, stored secrets), by the keys of the fields that are meant: those of
 * the ways that `values` choose, which are the values that were sent. What belongs to no field keeps its path. Two sentences
 * about one field become one.
 */
export function byKey(
  fields: readonly FormField[],
  values: FormValues,
  said: Iterable<readonly [path: string, text: string]>,
): ReadonlyMap<string, string> {
  const keys = keysByPath(fields, values);
  const texts = new Map<string, string>();
  for (const [path, text] of said) {
    const key = keys.get(path) ?? path;
    const before = texts.get(key);
    texts.set(key, before === undefined ? text : `${before} ${text}`);
  }
  return texts;
}

function keysByPath(fields: readonly FormField[], values: FormValues): ReadonlyMap<string, string> {
  return new Map(
    fields.flatMap((field): readonly (readonly [string, string])[] => {
      const own = [field.path, field.key] as const;
      if (field.widget !== 'variant') return [own];
      const inner = keysByPath(chosenVariant(values, field)?.fields ?? [], values);
      return [own, [`${field.path}.${field.discriminator}`, field.key], ...inner];
    }),
  );
}

/** What is said of no field of this form, those of ways that are not chosen included. */
export function unclaimed(
  fields: readonly FormField[],
  said: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const keys = new Set(keysOf(fields));
  return [...said].filter(([key]) => !keys.has(key));
}

function keysOf(fields: readonly FormField[]): readonly string[] {
  return fields.flatMap((field) =>
    field.widget === 'variant' ? [field.key, ...field.variants.flatMap((variant) => keysOf(variant.fields))] : [field.key],
  );
}

/** Whether something is said of a field or a way to fill it, or of a field inside of it. */
export function isSaidOf(said: ReadonlyMap<string, string>, key: string): boolean {
  return [...said.keys()].some((one) => one === key || one.startsWith(`${key}=`) || one.startsWith(`${key}.`));
}
