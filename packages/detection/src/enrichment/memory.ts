import { History } from './history.js';

export type SubjectKind = 'account' | 'app';

/** Histories of accounts and applications, by their ids. */
export interface Memory {
  get(kind: SubjectKind, id: string): History | undefined;
  /** To add to it: made where there is none. */
  change(kind: SubjectKind, id: string): History;
}

/** As one text: what is written down is found by it. */
export const subjectOf = (kind: SubjectKind, id: string): string => `${kind} ${id}`;

/** Of one process, for as long as it runs. */
export class HistoriesInMemory implements Memory {
  readonly #histories = { account: new Map<string, History>(), app: new Map<string, History>() };

  get(kind: SubjectKind, id: string): History | undefined {
    return this.#histories[kind].get(id);
  }

  change(kind: SubjectKind, id: string): History {
    const known = this.#histories[kind];
    let history = known.get(id);
    if (history === undefined) known.set(id, (history = new History()));
    return history;
  }
}
