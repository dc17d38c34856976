import type { Schema } from '../src/docs/schema.js';

/**
 * Where a value differs from its documented form. Stricter than JSON Schema on purpose: a key that no example shows is a
 * difference, because the document does not tell of it.
 */
export function differences(schema: Schema, value: unknown, path = '$'): readonly string[] {
  const choices = schema.anyOf?.map((choice) => differences(choice, value, path));
  if (choices !== undefined) return choices.toSorted((one, other) => one.length - other.length)[0] ?? [];
  // No example shows a value here, so nothing is promised.
  if (schema.type === undefined) return [];
  const types = [schema.type].flat();
  if (!types.some((type) => isOf(type, value))) return [`${path} is ${JSON.stringify(value)}, and not ${types.join(' or ')}`];
  if (typeof value === 'string') return formatted(schema, value) ? [] : [`${path} is "${value}", and no ${schema.format}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => differences(schema.items ?? {}, item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return objectDifferences(schema, value, path);
}

function objectDifferences(schema: Schema, value: object, path: string): readonly string[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (additionalProperties === true) return [];
  const missing = required.filter((key) => !Object.hasOwn(value, key)).map((key) => `${path}.${key} is missing`);
  const wrong = Object.entries(value).flatMap(([key, inner]) => {
    const form = typeof additionalProperties === 'object' ? additionalProperties : properties[key];
    return form === undefined ? [`${path}.${key} is not documented`] : differences(form, inner, `${path}.${key}`);
  });
  return [...missing, ...wrong];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function formatted({ format }: Schema, value: string): boolean {
  if (format === 'date-time') return !Number.isNaN(Date.parse(value)) && value.endsWith('Z');
  return format !== 'uuid' || /^[0-9a-f-]{36}$/.test(value);
}

/** Places of which the examples show nothing: only `null`, or an empty list. */
export function unknownPlaces(schema: Schema, path = '$'): readonly string[] {
  const { type, properties = {}, items, additionalProperties, anyOf = [] } = schema;
  if (anyOf.length > 0)
    return anyOf.filter((choice) => choice.type !== 'null').flatMap((choice) => unknownPlaces(choice, path));
  if (type === undefined || type === 'null') return [path];
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => unknownPlaces(inner, `${path}.${key}`)),
    ...(items === undefined ? [] : unknownPlaces(items, `${path}[]`)),
    ...(typeof additionalProperties === 'object' ? unknownPlaces(additionalProperties, `${path}.*`) : []),
  ];
}
