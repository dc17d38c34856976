import { type GroupState, type GroupStore, GroupsInMemory } from '@castellan/detection';

/** Goes on from what another store holds, which stays as it is: what happens after one history can be told in many ways. */
export class ContinuedGroups implements GroupStore {
  readonly #own = new GroupsInMemory();
  readonly #changed = new Map<string, Set<string>>();

  constructor(private readonly before: GroupStore) {}

  async load(correlation: string, groups: readonly string[]): Promise<readonly (GroupState | undefined)[]> {
    const [old, own] = [await this.before.load(correlation, groups), await this.#own.load(correlation, groups)];
    return groups.map((group, n) => (this.#isChanged(correlation, group) ? own[n] : old[n]));
  }

  async due(correlation: string, until: number): Promise<readonly string[]> {
    const old = (await this.before.due(correlation, until)).filter((group) => !this.#isChanged(correlation, group));
    return [...old, ...(await this.#own.due(correlation, until))];
  }

  async save(correlation: string, groups: readonly string[], states: readonly GroupState[]): Promise<void> {
    const changed = this.#changed.get(correlation) ?? new Set();
    this.#changed.set(correlation, changed);
    for (const group of groups) changed.add(group);
    await this.#own.save(correlation, groups, states);
  }

  #isChanged(correlation: string, group: string): boolean {
    return this.#changed.get(correlation)?.has(group) ?? false;
  }
}
