import type { ConnectorDetail, IntegrationView } from '@castellan/api';
import type { JsonObject } from '../form/form-schema.js';
import { agoWords } from '../states/time-words.js';
import type { Start } from './connection.js';

/** What a form shows of settings that are stored: of its secrets only since when they are. */
export function storedStart({ form }: ConnectorDetail, { config }: IntegrationView, now: number): Start {
  const stored = (form?.secrets ?? []).flatMap((path) => {
    const secret = at(config, path);
    if (secret === undefined || secret['isSet'] !== true) return [];
    const since = secret['changedAt'];
    return [[path, typeof since === 'string' ? `Set ${agoWords(Date.parse(since), now)}` : 'Set'] as const];
  });
  return { settings: config, stored };
}

function at(settings: JsonObject, path: string): JsonObject | undefined {
  return path.split('.').reduce<JsonObject | undefined>((inner, name) => {
    const value = inner?.[name];
    // JSON: what is an object has texts as keys.
    return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
  }, settings);
}
