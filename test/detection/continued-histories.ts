import { History, type Memory } from '@castellan/detection';

/** Histories that go on from others, which stay what they are. */
export class ContinuedHistories implements Memory {
  readonly #own = new Map<string, History>();

  constructor(private readonly before: Memory) {}

  get(subject: string): History | undefined {
    return this.#own.get(subject) ?? this.before.get(subject);
  }

  change(subject: string): History {
    const own = this.#own.get(subject);
    if (own !== undefined) return own;
    const before = this.before.get(subject);
    const copy = before === undefined ? new History() : History.read(JSON.parse(JSON.stringify(before)));
    this.#own.set(subject, copy);
    return copy;
  }
}
