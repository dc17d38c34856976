import type { GroupStore } from './correlator.js';
import type { GroupState } from './group.js';

/** Groups between two looks at which nothing is of use any more. */
const FORGET_EVERY = 200_000;

/** Of one process, for as long as it runs. */
export class GroupsInMemory implements GroupStore {
  readonly #states = new Map<string, Map<string, GroupState>>();
  #saved = 0;
  #settledUntil = 0;

  load(correlation: string, groups: readonly string[]): Promise<readonly (GroupState | undefined)[]> {
    const known = this.#states.get(correlation);
    return Promise.resolve(known === undefined ? [] : groups.map((group) => known.get(group)));
  }

  due(correlation: string, until: number): Promise<readonly string[]> {
    const due: string[] = [];
    for (const [group, { dueAt }] of this.#states.get(correlation) ?? []) if (dueAt !== null && dueAt < until) due.push(group);
    return Promise.resolve(due);
  }

  save(correlation: string, groups: readonly string[], states: readonly GroupState[]): Promise<void> {
    let known = this.#states.get(correlation);
    if (known === undefined) this.#states.set(correlation, (known = new Map<string, GroupState>()));
    for (const [n, state] of states.entries()) {
      const group = groups[n] ?? '';
      this.#settledUntil = Math.max(this.#settledUntil, state.settledUntil);
      if (isEmpty(state)) known.delete(group);
      else known.set(group, state);
    }
    this.#saved += states.length;
    if (this.#saved > FORGET_EVERY) this.#forget();
    return Promise.resolve();
  }

  /** Of a long log most sessions and addresses do not come again. */
  #forget(): void {
    this.#saved = 0;
    for (const known of this.#states.values())
      for (const [group, { endsAt }] of known) if (endsAt < this.#settledUntil) known.delete(group);
  }
}

/** Nothing to come goes on with anything of it. */
export function isEmpty({ entries, settled, told }: GroupState): boolean {
  return entries.length === 0 && settled.length === 0 && told.length === 0;
}
