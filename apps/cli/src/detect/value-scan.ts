const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const NEW_LINE = 0x0a;
/** In place of each character of a number, `true`, `false` and `null`. */
const SCALAR = 0x30;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === NEW_LINE || byte === 0x0d || byte === 0x09;

/** What a byte brings about: the value goes on; it ends with the byte; before it; the list that it is in ends; it is no JSON. */
export type Step = 'on' | 'ended' | 'before' | 'list ended' | 'broken';

/**
 * Finds the end of a JSON value, a byte at a time, without reading it. What a list or a map cannot have in that place is noticed at
 * once: a value that was cut off must not take what stands behind it for its own.
 */
export class ValueScan {
  readonly #stack: number[] = [];
  #isText = false;
  #isEscaped = false;
  /** The byte before, but for spaces; of a text its quote. 0: there is none. */
  #last = 0;

  /** @param isElement of a list, in which a comma or a bracket ends it */
  constructor(private readonly isElement: boolean) {}

  /** Whether it cannot end here, and goes on behind the end of a line as people and programs write it. */
  get goesOn(): boolean {
    return !this.#isText && (this.#last === OPEN_MAP || this.#last === OPEN_LIST || this.#last === COMMA);
  }

  /** Nothing but spaces has come. */
  get isEmpty(): boolean {
    return this.#last === 0;
  }

  step(byte: number): Step {
    if (this.#isText) return this.#inText(byte);
    if (isSpace(byte)) return 'on';
    switch (byte) {
      case QUOTE:
        if (this.#isAfterValue()) return 'broken';
        this.#isText = true;
        break;
      case OPEN_MAP:
      case OPEN_LIST:
        if (this.#isAfterValue() || this.#awaitsKey()) return 'broken';
        this.#stack.push(byte);
        break;
      case CLOSE_MAP:
      case CLOSE_LIST:
        return this.#closed(byte);
      case COMMA:
        if (this.#stack.length === 0) return this.isElement ? 'before' : 'broken';
        break;
      case COLON:
        break;
      default:
        if (this.#isAfterValue() && this.#last !== SCALAR) return 'broken';
        this.#last = SCALAR;
        return 'on';
    }
    this.#last = byte;
    return 'on';
  }

  #inText(byte: number): Step {
    if (byte === NEW_LINE) return 'broken';
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isText = false;
    return 'on';
  }

  #closed(byte: number): Step {
    const open = this.#stack.pop();
    if (open === undefined) return this.isElement && byte === CLOSE_LIST ? 'list ended' : 'broken';
    if ((open === OPEN_MAP) !== (byte === CLOSE_MAP)) return 'broken';
    this.#last = byte;
    return this.#stack.length === 0 && !this.isElement ? 'ended' : 'on';
  }

  #isAfterValue(): boolean {
    const last = this.#last;
    return last === QUOTE || last === CLOSE_MAP || last === CLOSE_LIST || last === SCALAR;
  }

  #awaitsKey(): boolean {
    return this.#last === OPEN_MAP || (this.#last === COMMA && this.#stack.at(-1) === OPEN_MAP);
  }
}
