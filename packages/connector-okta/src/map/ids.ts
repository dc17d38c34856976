/** Leads elsewhere in a path, or cannot be written in one: separators, control characters, half a character. */
const NOT_IN_A_PATH = /[/\\?#\p{Cc}\p{Cs}]/u;

/** An id becomes a part of a path and of keys, so a strange one costs its row. */
export function isWellFormedId(id: string): boolean {
  return id !== '.' && id !== '..' && !NOT_IN_A_PATH.test(id);
}

/**
 * Why an object gives no row, for the person who looks at the rejected ones. Names fields, never values.
 * @param needed other fields that there is no row without.
 */
export function whyNoRow(item: unknown, id = 'id', needed: Readonly<Record<string, (text: string) => boolean>> = {}): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'is no object';
  const fields = new Map<string, unknown>(Object.entries(item));
  const value = fields.get(id);
  if (typeof value !== 'string' || value === '') return `has no usable ${id}`;
  if (!isWellFormedId(value)) return `${id} is not well-formed`;
  const missing = Object.entries(needed).filter(([name, isUsable]) => {
    const text = fields.get(name);
    return typeof text !== 'string' || !isUsable(text);
  });
  return missing.length === 0 ? 'was not understood' : `has no usable ${missing.map(([name]) => name).join(', ')}`;
}
