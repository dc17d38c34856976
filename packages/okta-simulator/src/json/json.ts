export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** An Okta object that is known by its id. State is never changed in place: a change replaces the object. */
export interface OktaObject extends JsonObject {
  readonly id: string;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function hasId(value: JsonObject): value is OktaObject {
  return typeof value['id'] === 'string' && value['id'] !== '';
}

/** The value at a path, or undefined where the path ends early: recorded objects lack fields that the schema promises. */
export function valueAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let current = value;
  for (const key of path) {
    if (!isJsonObject(current)) return undefined;
    current = current[key];
  }
  return current;
}

export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isJsonObject(found) ? found : {};
}

/** Milliseconds of a recorded time. Okta writes some of them without `T` and zone ("2025-09-24 01:09:28.0"): those are UTC. */
export function timeOf(value: Json | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  const iso = /^\d{4}-\d\d-\d\d \d/.test(value) ? `${value.replace(' ', 'T')}Z` : value;
  const parsed = Date.parse(iso);
  return Number.isNaN(parsed) ? undefined : parsed;
}
