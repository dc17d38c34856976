import type { Json, JsonObject } from '@castellan/connector-sdk';

/** A copy with the value at a dotted path. A computed name defines an own property, also for `__proto__`: nothing is polluted. */
export function withValue(object: JsonObject, path: string, value: Json): JsonObject {
  return withValueAt(object, path.split('.'), value);
}

/** `undefined`: there is nothing. Nothing inherited is found. */
export function valueAt(object: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((inner, key) => {
    return isJsonObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, object);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withValueAt(object: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: withValueAt(isJsonObject(inner) ? inner : {}, rest, value) };
}
