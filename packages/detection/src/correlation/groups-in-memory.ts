import type { GroupStore } from './correlator.js';
import type { GroupState } from './group.js';

/** Of one process, for as long as it runs. */
export class GroupsInMemory implements GroupStore {
  readonly #states = new Map<string, Map<string, GroupState>>();

  load(correlation: string, groups: readonly string[]): Promise<ReadonlyMap<string, GroupState>> {
    const known = this.#states.get(correlation);
    const found = new Map<string, GroupState>();
    for (const group of groups) {
      const state = known?.get(group);
      if (state !== undefined) found.set(group, state);
    }
    return Promise.resolve(found);
  }

  due(correlation: string, until: number): Promise<readonly string[]> {
    const due: string[] = [];
    for (const [group, { dueAt }] of this.#states.get(correlation) ?? []) if (dueAt !== null && dueAt < until) due.push(group);
    return Promise.resolve(due);
  }

  save(correlation: string, states: ReadonlyMap<string, GroupState>): Promise<void> {
    const known = this.#states.get(correlation) ?? new Map<string, GroupState>();
    this.#states.set(correlation, known);
    for (const [group, state] of states) {
      if (isEmpty(state)) known.delete(group);
      else known.set(group, state);
    }
    return Promise.resolve();
  }
}

/** Nothing to come goes on with anything of it. */
export function isEmpty({ entries, settled, told }: GroupState): boolean {
  return entries.length === 0 && settled.length === 0 && told.length === 0;
}
