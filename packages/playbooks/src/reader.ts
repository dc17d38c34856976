import { PlaybookError } from './playbook-error.js';
import type { Span } from './playbook.js';

type Path = readonly (string | number)[];

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_MS = 90 * 86_400_000;
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Reads the values of one map of a file, each with its place. What nobody has asked for is a mistake. */
export class Reader {
  readonly #map: Readonly<Record<string, unknown>>;
  readonly path: Path;

  constructor(value: unknown, path: Path, known: readonly string[]) {
    this.path = path;
    if (!isMap(value)) throw new PlaybookError(`is a map of ${known.join(', ')}`, path);
    this.#map = value;
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) throw new PlaybookError(`there is no "${key}": known are ${known.join(', ')}`, [...path, key]);
    }
  }

  has(key: string): boolean {
    return this.#map[key] !== undefined;
  }

  fail(message: string, ...keys: readonly (string | number)[]): never {
    throw new PlaybookError(message, [...this.path, ...keys]);
  }

  value(key: string): unknown {
    const value = this.#map[key];
    if (value === undefined || value === null) return this.fail(`"${key}" is missing`);
    return value;
  }

  text(key: string, most = 500): string {
    const value = this.value(key);
    if (typeof value !== 'string' || value.trim() === '') return this.fail('is a text', key);
    const text = value.trim();
    return text.length > most ? this.fail(`has more than ${most} characters`, key) : text;
  }

  /** `clear-sessions` */
  name(key: string): string {
    const text = this.text(key, 60);
    return NAME.test(text) ? text : this.fail('is a name of small letters, with - between its words', key);
  }

  whole(key: string, least: number, most: number): number {
    const value = this.value(key);
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    return this.fail(`is a whole number from ${least} to ${most}`, key);
  }

  flag(key: string): boolean {
    if (!this.has(key)) return false;
    const value = this.value(key);
    return typeof value === 'boolean' ? value : this.fail('is true or false', key);
  }

  among<T extends string>(key: string, known: readonly T[]): T {
    const text = this.text(key);
    return known.find((one) => one === text) ?? this.fail(`there is no "${text}": known are ${known.join(', ')}`, key);
  }

  /** At least one, each once. */
  texts(key: string): readonly string[] {
    const value = this.value(key);
    const list = Array.isArray(value) ? value : [value];
    if (list.length === 0) return this.fail('names at least one', key);
    return list.map((one: unknown, n) => {
      if (typeof one !== 'string') return this.fail('is a text', key, n);
      return list.indexOf(one) === n ? one : this.fail(`"${one}" stands there twice`, key, n);
    });
  }

  span(key: string): Span {
    const text = this.text(key);
    const [, many, unit] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
    const ms = Number(many) * (UNITS[unit ?? ''] ?? Number.NaN);
    if (Number.isNaN(ms)) return this.fail('is a time such as 15m, 24h or 7d', key);
    return ms > LONGEST_MS ? this.fail('is longer than 90d', key) : { text, ms };
  }
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
