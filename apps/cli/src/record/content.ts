import { soundsSecret } from '@castellan/http-client';
import type { Addresses } from './addresses.js';
import {
  isAddressName,
  isAmountName,
  isCodeName,
  isFreeForm,
  isPersonalName,
  isPlaceName,
  isStateName,
} from './field-names.js';
import { Pseudonyms } from './pseudonyms.js';

const SECRET = 'redacted';
/** A word, or a few, that a provider has made up. */
const CODE = /^[A-Za-z*][\w.:*/-]{0,79}( [A-Za-z][\w.:/-]{0,79})*$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
/** `Nairobi`, `CA`: a `state` of a country, and not one that a thing is in. */
const IN_A_COUNTRY = /^([A-Z]{1,2}|[A-Z][a-z].*)$/;
/** A name of a field, as programmers write them; `urn:` for extensions that have one. */
const FIELD = /^(urn:[\w.:-]+|[A-Za-z_$@][A-Za-z_$.-]*(\d{0,3}[A-Za-z_$.-]*){0,3})$/;
/** Seconds or milliseconds since 1970, from 2001 to 2033. */
const EPOCH = /^1\d{9}(\d{3})?$/;
const BUILT_IN = /^(BUILT_?IN|SYSTEM)$/i;
const BUILT_IN_NAMES: ReadonlySet<string> = new Set(['name', 'label', 'description']);
const MOST_HARMLESS_DIGITS = 4;
const DEEPEST = 100;

interface Place {
  readonly name: string;
  /** Below a secret, or below what an organisation has filled in itself. */
  readonly isSecret: boolean;
  readonly isFree: boolean;
  /** In a thing that the provider brings along: the group of everybody, say. Its name is nobody's, and connectors look for it. */
  readonly isBuiltIn: boolean;
  readonly depth: number;
}

/**
 * Bodies without people. By default every text is replaced; what stays are moments, small numbers, and codes in fields that are
 * known to hold codes: what a connector decides by.
 */
export class Content {
  readonly #pseudonyms: Pseudonyms;
  readonly #addresses: Addresses;
  readonly #keep: ReadonlySet<string>;

  /** @param keep names of fields whose values stay */
  constructor(pseudonyms: Pseudonyms, addresses: Addresses, keep: ReadonlySet<string>) {
    this.#pseudonyms = pseudonyms;
    this.#addresses = addresses;
    this.#keep = keep;
  }

  clean(value: unknown): unknown {
    return this.#walk(value, { name: '', isSecret: false, isFree: false, isBuiltIn: false, depth: 0 });
  }

  #walk(value: unknown, place: Place): unknown {
    if (typeof value === 'string') return this.#text(value, place);
    if (typeof value === 'number') return this.#number(value, place);
    if (typeof value !== 'object' || value === null) return value;
    if (place.depth > DEEPEST) return null;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#walk(item, { ...place, depth: place.depth + 1 }));
    const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
    const isNamedSecret = entries.some(
      ([name, text]) => /^(name|key)$/i.test(name) && typeof text === 'string' && soundsSecret(text),
    );
    const isPlace = entries.some(([name]) => isPlaceName(name));
    const isBuiltIn = entries.some(([name, text]) => name === 'type' && typeof text === 'string' && BUILT_IN.test(text));
    return Object.fromEntries(
      entries.map(([name, item]) => [
        FIELD.test(name) ? name : this.#pseudonyms.of(name, 'key', true),
        this.#walk(item, {
          name,
          isSecret: place.isSecret || soundsSecret(name) || (isNamedSecret && /^value$/i.test(name)),
          isFree: place.isFree || isPlace || isFreeForm(name),
          isBuiltIn: isBuiltIn || (place.isBuiltIn && place.name === 'profile'),
          depth: place.depth + 1,
        }),
      ]),
    );
  }

  #text(value: string, { name, isSecret, isFree, isBuiltIn }: Place): string {
    if (value === '' || value === 'true' || value === 'false') return value;
    if (isSecret) return SECRET;
    if (this.#keep.has(name)) return value;
    if (/^https?:\/\//i.test(value)) return this.#addresses.link(value);
    if (isBuiltIn && BUILT_IN_NAMES.has(name)) return value;
    if (!isPersonalName(name) && MOMENT.test(value)) return value;
    const isHarmless = !isPersonalName(name) && !isAddressName(name);
    if (isHarmless && /^-?\d+(\.\d+)?$/.test(value) && value.length <= MOST_HARMLESS_DIGITS) return value;
    const isCode = CODE.test(value) && !Pseudonyms.isTelling(value) && !(isStateName(name) && IN_A_COUNTRY.test(value));
    if (isHarmless && !isFree && isCodeName(name) && isCode) return value;
    return this.#pseudonyms.of(value, name, isAddressName(name));
  }

  #number(value: number, { name, isSecret }: Place): number {
    if (isSecret) return 0;
    if (this.#keep.has(name)) return value;
    if (isPersonalName(name)) return 0;
    const digits = String(Math.abs(value));
    if (!Number.isSafeInteger(value) || isAmountName(name) || EPOCH.test(digits)) return value;
    if (digits.length <= MOST_HARMLESS_DIGITS && !isAddressName(name)) return value;
    return Number(this.#pseudonyms.of(digits, name, true));
  }
}
