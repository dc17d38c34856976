import type { Json } from '../json/json.js';

const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/**
 * Writes answers as JSON. The text of an object of the org's state is kept as long as the object: a change replaces the
 * object, so a text is never out of date. One user stands in dozens of member lists; writing it anew in each was most of
 * what a crawl cost.
 */
export class JsonTexts {
  /** UTF-8, with the comma that follows in a list. */
  readonly #kept = new WeakMap<object, Buffer>();

  /** @param stored whether the items are objects of the state. Objects made for one answer would only fill the memory. */
  write(body: Json, stored: boolean): Buffer {
    if (!stored || !Array.isArray(body) || body.length === 0) return Buffer.from(JSON.stringify(body), 'utf8');
    // `Array.isArray` does not narrow a readonly array type.
    return this.#join((body as readonly Json[]).map((item) => this.#textOf(item)));
  }

  #textOf(item: Json): Buffer {
    if (typeof item !== 'object' || item === null) return Buffer.from(`${JSON.stringify(item)},`, 'utf8');
    const known = this.#kept.get(item);
    if (known) return known;
    const text = Buffer.from(`${JSON.stringify(item)},`, 'utf8');
    this.#kept.set(item, text);
    return text;
  }

  #join(parts: readonly Buffer[]): Buffer {
    const size = parts.reduce((sum, part) => sum + part.length, 1);
    const whole = Buffer.allocUnsafe(size);
    whole[0] = OPEN;
    let end = 1;
    for (const part of parts) end += part.copy(whole, end);
    if (whole[end - 1] === COMMA) whole[end - 1] = CLOSE;
    return whole;
  }
}
