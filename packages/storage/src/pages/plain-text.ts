/** With the `u` flag only halves of a pair match, not whole pairs. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** What PostgreSQL cannot keep in a text, replaced by U+FFFD: NUL, and halves of a surrogate pair. */
export function plainText(value: string): string {
  if (!value.includes('\0') && !LONE_SURROGATE.test(value)) return value;
  return value.replaceAll(LONE_SURROGATES, '\uFFFD').replaceAll('\0', '\uFFFD');
}

/** JSON that `jsonb` accepts. Serialised a second time only when the first text shows that something is to be replaced. */
export function plainJson(value: unknown): string {
  const json = JSON.stringify(value);
  // JSON.stringify writes NUL and lone surrogates as these escapes (an escaped backslash before them does no harm here).
  if (!json.includes('\\u0000') && !json.includes('\\ud')) return json;
  return JSON.stringify(plain(value));
}

/** JSON whose text does not depend on the order in which the provider names the properties. */
export function stableJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [plainText(key), plain(item)]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
