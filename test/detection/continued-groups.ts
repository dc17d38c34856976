import { Group, type GroupStore } from '@castellan/detection';

/** Goes on from what another store holds, which stays as it is: what happens after one history can be told in many ways. */
export class ContinuedGroups implements GroupStore {
  readonly #own = new Map<string, Map<string, Group>>();

  constructor(private readonly before: GroupStore) {}

  async open(correlation: string, names: readonly string[]): Promise<readonly Group[]> {
    const own = this.#of(correlation);
    for (const { name, ...state } of await this.before.open(correlation, names))
      if (!own.has(name)) own.set(name, Group.of(name, state));
    return names.map((name) => own.get(name) ?? new Group(name));
  }

  async due(correlation: string, until: number): Promise<readonly string[]> {
    const own = this.#of(correlation);
    const old = (await this.before.due(correlation, until)).filter((name) => !own.has(name));
    const isDue = ({ dueAt }: Group): boolean => dueAt !== null && dueAt < until;
    return [...old, ...[...own.values()].filter(isDue).map(({ name }) => name)];
  }

  save(): Promise<void> {
    return Promise.resolve();
  }

  #of(correlation: string): Map<string, Group> {
    const own = this.#own.get(correlation) ?? new Map<string, Group>();
    this.#own.set(correlation, own);
    return own;
  }
}
