import type { GroupStore } from './correlator.js';
import { Group } from './group.js';

/** Groups between two looks at which nothing is of use any more. */
const FORGET_EVERY = 200_000;

/** Of one process, for as long as it runs. */
export class GroupsInMemory implements GroupStore {
  readonly #groups = new Map<string, Map<string, Group>>();
  #saved = 0;
  #settledUntil = 0;

  open(correlation: string, names: readonly string[]): Promise<readonly Group[]> {
    let known = this.#groups.get(correlation);
    if (known === undefined) this.#groups.set(correlation, (known = new Map<string, Group>()));
    const all: Group[] = [];
    for (const name of names) {
      let group = known.get(name);
      if (group === undefined) known.set(name, (group = new Group(name)));
      all.push(group);
    }
    return Promise.resolve(all);
  }

  due(correlation: string, until: number): Promise<readonly string[]> {
    const due: string[] = [];
    for (const [name, { dueAt }] of this.#groups.get(correlation) ?? []) if (dueAt !== null && dueAt < until) due.push(name);
    return Promise.resolve(due);
  }

  save(correlation: string, groups: readonly Group[]): Promise<void> {
    const known = this.#groups.get(correlation);
    for (const { name, isEmpty, settledUntil } of groups) {
      this.#settledUntil = Math.max(this.#settledUntil, settledUntil);
      if (isEmpty) known?.delete(name);
    }
    this.#saved += groups.length;
    if (this.#saved > FORGET_EVERY) this.#forget();
    return Promise.resolve();
  }

  /** Of a long log most sessions and addresses do not come again. */
  #forget(): void {
    this.#saved = 0;
    for (const known of this.#groups.values())
      for (const [name, { endsAt }] of known) if (endsAt < this.#settledUntil) known.delete(name);
  }
}
