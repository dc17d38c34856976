import type { JsonObject } from '../json/json.js';
import { timeOf } from '../json/json.js';

/** Events that are computed when they are read. `publishedAt` must not need the whole event: a query by time reads it for all. */
export interface EventSource {
  readonly length: number;
  persistedAt(index: number): number;
  publishedAt(index: number): number;
  eventAt(index: number): JsonObject;
}

interface StoredEvent {
  readonly event: JsonObject;
  readonly persisted: number;
}

/**
 * The org's events in the order in which they were persisted. That order is what a polling query follows; `published` may
 * run behind it (late events), and that is the reason why a client must keep the cursor and not the last date.
 */
export class SystemLog {
  #source: EventSource = { length: 0, persistedAt: () => 0, publishedAt: () => 0, eventAt: () => ({}) };
  readonly #appended: StoredEvent[] = [];

  startWith(source: EventSource): void {
    this.#source = source;
  }

  /** An event that is older than the last one of the log is a late one: it stands behind it all the same. */
  append(event: JsonObject, persisted: number): void {
    this.#appended.push({ event, persisted: Math.max(persisted, this.lastPersisted) });
  }

  /** 0 for an empty log. */
  get lastPersisted(): number {
    return this.length === 0 ? 0 : this.persistedAt(this.length - 1);
  }

  get length(): number {
    return this.#source.length + this.#appended.length;
  }

  eventAt(index: number): JsonObject {
    if (index < this.#source.length) return this.#source.eventAt(index);
    return this.#appended[index - this.#source.length]?.event ?? {};
  }

  persistedAt(index: number): number {
    if (index < this.#source.length) return this.#source.persistedAt(index);
    return this.#appended[index - this.#source.length]?.persisted ?? 0;
  }

  publishedAt(index: number): number {
    if (index < this.#source.length) return this.#source.publishedAt(index);
    return timeOf(this.#appended[index - this.#source.length]?.event['published']) ?? 0;
  }

  /** First index persisted at or after `time`. */
  firstSince(time: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.persistedAt(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
