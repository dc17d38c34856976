import { asText, type Field, fieldOf } from '../sigma/field.js';

/** Of a field with many values so many are read. */
const MOST_TEXTS = 16;

/** Reads fields of one event after the other: many correlations ask for the same field of the same event. */
export class FieldTexts {
  readonly #fields = new Map<string, Field>();
  #event: unknown;
  readonly #read = new Map<string, readonly string[]>();

  /** All that are not empty, each once. */
  of(name: string, event: unknown): readonly string[] {
    if (event !== this.#event) {
      this.#event = event;
      this.#read.clear();
    }
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const texts = this.#texts(name, event);
    this.#read.set(name, texts);
    return texts;
  }

  #texts(name: string, event: unknown): readonly string[] {
    let field = this.#fields.get(name);
    if (field === undefined) this.#fields.set(name, (field = fieldOf(name)));
    const texts: string[] = [];
    field(event, (value) => {
      const text = asText(value);
      if (text !== undefined && text !== '' && !texts.includes(text)) texts.push(text);
      return texts.length >= MOST_TEXTS;
    });
    return texts;
  }
}
