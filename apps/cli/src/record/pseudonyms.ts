/** What a value looks like, and so what stands for it. */
const SHAPES = {
  email: /^[^\s@"<>]+@[^\s@"<>]+\.[^\s@"<>.]+$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  ipv4: /^\d{1,3}(\.\d{1,3}){3}$/,
  ipv6: /^(?=.*:.*:)[0-9a-f:.]+$/i,
  moment: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  digits: /^\d+$/,
  phone: /^\+?[\d\s().-]{7,}$/,
  id: /^(?=.*\d)[A-Za-z0-9_-]{8,}$/,
} as const;

/** No shorter id is made: two of them must never be one. */
const SHORTEST_ID = 8;

/**
 * Stands in for values of people: always the same for the same value, so that references still match, and made of a number in
 * order of appearance. Nothing of the value goes into it: a hash could be tried against a list of names.
 */
export class Pseudonyms {
  readonly #byValue = new Map<string, string>();
  /** Values that other requests are addressed with. */
  readonly #addressed = new Map<string, string>();

  /** @param field its name, which tells people what stood there @param isAddress other requests name it */
  of(value: string, field: string, isAddress = false): string {
    const key = SHAPES.email.test(value) ? value.toLowerCase() : value;
    const known = this.#byValue.get(key);
    const pseudonym = known ?? this.#make(value, field, this.#byValue.size + 1);
    if (known === undefined) this.#byValue.set(key, pseudonym);
    if (isAddress) this.#addressed.set(value, pseudonym);
    return pseudonym;
  }

  /** What stands for a part of an address, when it is a value that was met before. */
  addressed(value: string): string | undefined {
    return this.#addressed.get(value);
  }

  /** Looks like something that tells who is meant. */
  static isTelling(value: string): boolean {
    return (
      [SHAPES.email, SHAPES.uuid, SHAPES.id].some((shape) => shape.test(value)) ||
      (SHAPES.digits.test(value) && value.length > 4)
    );
  }

  #make(value: string, field: string, number: number): string {
    if (SHAPES.email.test(value)) return `person-${number}@example.com`;
    if (SHAPES.uuid.test(value)) return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    // Addresses that documentation uses.
    if (SHAPES.ipv4.test(value)) return `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;
    if (SHAPES.ipv6.test(value)) return `2001:db8::${number.toString(16)}`;
    if (SHAPES.moment.test(value)) return '2000-01-01T00:00:00.000Z';
    if (SHAPES.date.test(value)) return '2000-01-01';
    if (SHAPES.digits.test(value)) return digitsFor(value, number);
    if (SHAPES.phone.test(value)) return `+1555${String(number).padStart(7, '0')}`;
    if (SHAPES.id.test(value)) return `id${String(number).padStart(Math.max(SHORTEST_ID, value.length) - 2, '0')}`;
    return `${field.replace(/[^A-Za-z0-9]/g, '') || 'text'}-${number}`;
  }
}

/** As many digits, so that a number stays one of its size. */
export function digitsFor(value: string, number: number): string {
  return `9${String(number).padStart(Math.max(value.length - 1, 5), '0')}`;
}
