/** A thing with members: no list, not `null`. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A member of something that may be anything. Names of attributes do not depend on capitals (RFC 7643, section 2.1), and services
 * write them in several ways. Only what the object has itself: `constructor` is a member of none.
 */
export function memberOf(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return Reflect.get(value, name);
  const wanted = name.toLowerCase();
  // Most of what is asked for is not there, and the length alone tells most names apart.
  const found = Object.keys(value).find((key) => key.length === name.length && key.toLowerCase() === wanted);
  return found === undefined ? undefined : Reflect.get(value, found);
}

/** Text that is not empty. */
export function textIn(value: unknown, name: string): string | undefined {
  const found = memberOf(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function flagIn(value: unknown, name: string): boolean | undefined {
  return asFlag(memberOf(value, name));
}

/** Some services write flags as text: `"True"`. */
export function asFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** A count: a whole number that is not negative, also written as text. */
export function countIn(value: unknown, name: string): number | undefined {
  const found = memberOf(value, name);
  const number = typeof found === 'string' && /^\d{1,15}$/.test(found) ? Number(found) : found;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

export function listIn(value: unknown, name: string): readonly unknown[] {
  const found = memberOf(value, name);
  return Array.isArray(found) ? found : [];
}
