import { type ObservedExchange, soundsSecret } from '@castellan/http-client';
import { parsedJson } from './parsed-json.js';

/** Shorter ones are words. */
const SHORTEST_TOKEN = 8;

/** Tokens in an answer to a request for one: any later answer may quote them. */
export function tokensIn({ form, outcome }: ObservedExchange): readonly string[] {
  if (form === undefined || outcome?.kind !== 'answer') return [];
  const body = parsedJson(outcome.text)?.value;
  if (typeof body !== 'object' || body === null) return [];
  const entries: readonly (readonly [string, unknown])[] = Object.entries(body);
  return entries.flatMap(([name, value]) =>
    typeof value === 'string' && value.length >= SHORTEST_TOKEN && soundsSecret(name) ? [value] : [],
  );
}
