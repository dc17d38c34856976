import type { JsonObject, Json } from '@castellan/connector-sdk';
import { type ConfigClass, secretPaths } from '@castellan/form-schema';
import { invalidConfig } from '../problems/problem.js';

export interface SplitConfig {
  /** Everything that may be shown. */
  readonly config: JsonObject;
  /** The rest, by dotted path: sealed by storage. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Takes the secrets out of validated settings. @throws Problem (422) for a text that no database can keep. */
export function splitConfig(type: ConfigClass, validated: object): SplitConfig {
  // Validated settings are texts, numbers, switches and objects of these: JSON keeps them, and drops the classes.
  const plain = JSON.parse(JSON.stringify(validated)) as JsonObject;
  const paths = new Set(secretPaths(type));
  const secrets: Record<string, string> = {};
  const config = withoutSecrets(plain, '', (path, value) => {
    if (typeof value === 'string' && value.includes('\0')) throw nul(path);
    if (!paths.has(path)) return false;
    if (typeof value === 'string') secrets[path] = value;
    return true;
  });
  return { config, secrets };
}

function withoutSecrets(object: JsonObject, above: string, isSecret: (path: string, value: Json) => boolean): JsonObject {
  const entries = Object.entries(object).flatMap(([key, value]) => {
    const path = above === '' ? key : `${above}.${key}`;
    if (isSecret(path, value)) return [];
    return [[key, isObject(value) ? withoutSecrets(value, path, isSecret) : value] as const];
  });
  return Object.fromEntries(entries);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nul(field: string) {
  return invalidConfig([{ field, message: 'Must not contain a NUL character.' }]);
}
