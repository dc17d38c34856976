import { type ConfigClass, secretPaths } from '@castellan/form-schema';

/** The values of all secret settings that are set: what no log line, error or record may contain. */
export function secretValues(type: ConfigClass, config: object): readonly string[] {
  return secretPaths(type)
    .map((path) => valueAt(config, path))
    .filter((value): value is string => typeof value === 'string' && value !== '');
}

function valueAt(config: object, path: string): unknown {
  let value: unknown = config;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(key);
  }
  return value;
}
