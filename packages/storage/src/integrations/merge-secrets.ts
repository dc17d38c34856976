import type { Json, JsonObject } from '@castellan/connector-sdk';

/** Puts each secret at its dotted path (`auth.clientSecret`) into a copy of the config. */
export function mergeSecrets(config: JsonObject, secrets: ReadonlyMap<string, string>): JsonObject {
  let merged = config;
  for (const [path, secret] of secrets) merged = withValue(merged, path.split('.'), secret);
  return merged;
}

function withValue(object: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  // A spread and a computed name define own properties, also for `__proto__`: nothing is inherited or polluted.
  if (rest.length === 0) return { ...object, [name]: value };
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  return { ...object, [name]: withValue(isObject(inner) ? inner : {}, rest, value) };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
