import { History, type Memory, type SubjectKind, subjectOf } from '@castellan/detection';

/** Histories that go on from others, which stay what they are. */
export class ContinuedHistories implements Memory {
  readonly #own = new Map<string, History>();

  constructor(private readonly before: Memory) {}

  get(kind: SubjectKind, id: string): History | undefined {
    return this.#own.get(subjectOf(kind, id)) ?? this.before.get(kind, id);
  }

  change(kind: SubjectKind, id: string): History {
    const subject = subjectOf(kind, id);
    const own = this.#own.get(subject);
    if (own !== undefined) return own;
    const before = this.before.get(kind, id);
    const copy = before === undefined ? new History() : History.read(JSON.parse(JSON.stringify(before)));
    this.#own.set(subject, copy);
    return copy;
  }
}
