import { hash } from 'node:crypto';
import { memberOf } from '../map/member.js';

/** Slots at first; doubled whenever half of them are taken. */
const FIRST_SLOTS = 1_024;

/**
 * Remembers texts in 16 to 32 bytes each, however long they are: a list has a million of them. It keeps 53 bits of a hash, so that
 * among a million texts two are mistaken for one in one of 18,000 lists; then the list is one short of what the service counts, and
 * that is noticed.
 */
export class SeenTexts {
  #slots = new Float64Array(FIRST_SLOTS);
  #size = 0;

  /** @returns whether it is new. */
  add(text: string): boolean {
    if (!place(this.#slots, numberOf(text))) return false;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  has(text: string): boolean {
    return this.#slots[slotOf(this.#slots, numberOf(text))] !== 0;
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2);
    for (const number of this.#slots) if (number !== 0) place(larger, number);
    this.#slots = larger;
  }
}

/** What a pass through a list has shown, in this process. After a cut the place alone has to do. */
export class Seen {
  readonly #texts = new SeenTexts();

  /**
   * Those that were not shown before; they count as shown from now on. What has no id cannot be told apart, so it comes along with
   * what is new; by itself it is new only as long as nothing like it was shown, or a list of it would never end.
   */
  take(items: readonly unknown[]): readonly unknown[] {
    const ids = items.map(idOf);
    const isNew = items.map((item, at) => this.#texts.add(ids[at] ?? `no id: ${JSON.stringify(item)}`));
    return isNew.includes(true) ? items.filter((_, at) => isNew[at] === true || ids[at] === undefined) : [];
  }
}

/** As in a key: some services number their resources. */
export function idOf(item: unknown): string | undefined {
  const id = memberOf(item, 'id');
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** From 1 to 2^53; 0 is an empty slot. */
function numberOf(text: string): number {
  const bytes = hash('sha1', text, 'buffer');
  return bytes.readUIntBE(0, 6) * 32 + (bytes.readUInt8(6) & 31) + 1;
}

/** Where the number lies, or the empty slot where it would. */
function slotOf(slots: Float64Array, number: number): number {
  let slot = number % slots.length;
  while (slots[slot] !== 0 && slots[slot] !== number) slot = (slot + 1) % slots.length;
  return slot;
}

function place(slots: Float64Array, number: number): boolean {
  const slot = slotOf(slots, number);
  if (slots[slot] === number) return false;
  slots[slot] = number;
  return true;
}
