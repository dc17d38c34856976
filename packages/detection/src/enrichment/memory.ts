import { History } from './history.js';

/** Histories of accounts and applications, by what they are of. */
export interface Memory {
  get(subject: string): History | undefined;
  /** To add to it: made where there is none. */
  change(subject: string): History;
}

export const accountSubject = (id: string): string => `account ${id}`;
export const appSubject = (id: string): string => `app ${id}`;

/** Of one process, for as long as it runs. */
export class HistoriesInMemory implements Memory {
  readonly #histories = new Map<string, History>();

  get(subject: string): History | undefined {
    return this.#histories.get(subject);
  }

  change(subject: string): History {
    let history = this.#histories.get(subject);
    if (history === undefined) this.#histories.set(subject, (history = new History()));
    return history;
  }
}
