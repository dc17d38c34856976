export interface PageOf<V> {
  readonly items: readonly V[];
  /** Position of the last item looked at: the next page starts behind it. */
  readonly last: number;
  readonly more: boolean;
}

/**
 * A keyed list whose positions never move: a deleted entry leaves a hole. A cursor is a position, so a page that is read
 * while others add and delete neither repeats nor skips an entry that was there all the time.
 */
export class Sequence<V> {
  readonly #keys: (string | undefined)[] = [];
  readonly #values: (V | undefined)[] = [];
  readonly #positions = new Map<string, number>();

  get size(): number {
    return this.#positions.size;
  }

  has(key: string): boolean {
    return this.#positions.has(key);
  }

  get(key: string): V | undefined {
    const position = this.#positions.get(key);
    return position === undefined ? undefined : this.#values[position];
  }

  positionOf(key: string): number | undefined {
    return this.#positions.get(key);
  }

  /** Replaces the value where it stands, or appends it. */
  set(key: string, value: V): void {
    const position = this.#positions.get(key);
    if (position !== undefined) {
      this.#values[position] = value;
      return;
    }
    this.#positions.set(key, this.#keys.length);
    this.#keys.push(key);
    this.#values.push(value);
  }

  delete(key: string): boolean {
    const position = this.#positions.get(key);
    if (position === undefined) return false;
    this.#positions.delete(key);
    this.#keys[position] = undefined;
    this.#values[position] = undefined;
    return true;
  }

  /** As it stands now, with the same positions. */
  copy(): Sequence<V> {
    const made = new Sequence<V>();
    for (const key of this.#keys) made.#keys.push(key);
    for (const value of this.#values) made.#values.push(value);
    for (const [key, position] of this.#positions) made.#positions.set(key, position);
    return made;
  }

  keys(): Iterable<string> {
    return this.#positions.keys();
  }

  *values(): Generator<V> {
    for (const position of this.#positions.values()) {
      const value = this.#values[position];
      if (value !== undefined) yield value;
    }
  }

  /**
   * A value drawn by `draw` (in [0, 1)): the first accepted one at or behind that part of the list, round its end. Undefined
   * when none is accepted.
   */
  drawn(draw: number, accept: (value: V, key: string) => boolean = () => true): V | undefined {
    const length = this.#keys.length;
    const start = Math.floor(draw * length);
    for (let step = 0; step < length; step += 1) {
      const position = (start + step) % length;
      const key = this.#keys[position];
      const value = this.#values[position];
      if (key !== undefined && value !== undefined && accept(value, key)) return value;
    }
    return undefined;
  }

  /** Up to `limit` accepted values behind the position `after` (-1: from the start). */
  page(after: number, limit: number, accept: (value: V, key: string) => boolean = () => true): PageOf<V> {
    const items: V[] = [];
    let last = after;
    for (let position = after + 1; position < this.#keys.length; position += 1) {
      const key = this.#keys[position];
      const value = this.#values[position];
      if (key === undefined || value === undefined || !accept(value, key)) continue;
      if (items.length === limit) return { items, last, more: true };
      items.push(value);
      last = position;
    }
    return { items, last, more: false };
  }
}
