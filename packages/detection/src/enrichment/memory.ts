import type { History } from './history.js';

/** Histories of accounts and applications, by what they are of. */
export interface Memory {
  get(subject: string): History | undefined;
  set(subject: string, history: History): void;
}

export const accountSubject = (id: string): string => `account ${id}`;
export const appSubject = (id: string): string => `app ${id}`;
