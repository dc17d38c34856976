import type { WireRequest } from './wire.js';

/** What was asked for beside method and path: the query, and the values of a body of JSON or of a form by their dotted paths. */
export function parametersOf({ query, headers, body }: WireRequest): ReadonlyMap<string, string> {
  return new Map([...new URLSearchParams(query), ...inBody(headers['content-type'] ?? '', body)]);
}

function inBody(type: string, body: string): readonly (readonly [string, string])[] {
  if (/x-www-form-urlencoded/.test(type)) return [...new URLSearchParams(body)];
  return leavesOf(parsed(body)).map(({ place, value }) => [place.join('.'), String(value)]);
}

/** A text or a number in JSON, and the keys that lead to it; those of arrays are numbers. */
export interface Leaf {
  readonly place: readonly (string | number)[];
  readonly value: string | number;
}

export function leavesOf(json: unknown, above: readonly (string | number)[] = []): readonly Leaf[] {
  if (typeof json === 'string' || typeof json === 'number') return [{ place: above, value: json }];
  if (Array.isArray(json)) return json.flatMap((item: unknown, index) => leavesOf(item, [...above, index]));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => leavesOf(value, [...above, key]));
}

/** `undefined`: it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
