import { History, type Memory, type SubjectKind, subjectOf } from '@castellan/detection';
import { loadHistories, type Queries, saveHistories } from '@castellan/storage';

/** Histories of an organisation's accounts and applications, as far as a batch needs them, in its transaction. */
export class StoredHistories implements Memory {
  readonly #histories = new Map<string, History | undefined>();
  readonly #changed = new Map<string, History>();

  constructor(
    private readonly queries: Queries,
    private readonly integrationId: string,
  ) {}

  /** Those that are there already stay as they have become. */
  async load(subjects: readonly string[]): Promise<void> {
    const others = subjects.filter((subject) => !this.#histories.has(subject));
    const stored = await loadHistories(this.queries, this.integrationId, others);
    for (const subject of others) {
      const written = stored.get(subject);
      this.#histories.set(subject, written === undefined ? undefined : History.read(written));
    }
  }

  get(kind: SubjectKind, id: string): History | undefined {
    return this.#histories.get(subjectOf(kind, id));
  }

  change(kind: SubjectKind, id: string): History {
    const subject = subjectOf(kind, id);
    const history = this.#histories.get(subject) ?? new History();
    this.#histories.set(subject, history);
    this.#changed.set(subject, history);
    return history;
  }

  save(): Promise<void> {
    for (const history of this.#changed.values()) history.trim();
    return saveHistories(this.queries, this.integrationId, this.#changed);
  }
}
