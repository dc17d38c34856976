import { createHash } from 'node:crypto';
import { type CorrelationRule, Group, type GroupState, type GroupStore } from '@castellan/detection';
import { GroupStates } from '@castellan/storage';

/** Windows of correlations between two batches of an organisation, in the transaction of the batch. */
export class GroupsInDatabase implements GroupStore {
  readonly #versions: ReadonlyMap<string, string>;

  constructor(
    private readonly states: GroupStates,
    rules: readonly CorrelationRule[],
  ) {
    this.#versions = new Map(rules.map((rule) => [rule.id, versionOf(rule)]));
  }

  async open(correlation: string, names: readonly string[]): Promise<readonly Group[]> {
    const groups = new Map(names.map((name) => [name, new Group(name)]));
    const rows = await this.states.load(correlation, this.#version(correlation), [...groups.keys()]);
    // Only `save` writes states, and the version says that it was this rule's.
    for (const { name, state } of rows) groups.get(name)?.become(state as GroupState);
    return names.map((name) => groups.get(name) ?? new Group(name));
  }

  due(correlation: string, until: number): Promise<readonly string[]> {
    return this.states.due(correlation, this.#version(correlation), until);
  }

  async save(correlation: string, groups: readonly Group[]): Promise<void> {
    const ended = groups.filter(({ isEmpty }) => isEmpty).map(({ name }) => name);
    await this.states.remove(correlation, ended);
    await this.states.save(
      correlation,
      this.#version(correlation),
      groups
        .filter(({ isEmpty }) => !isEmpty)
        .map(({ name, dueAt, endsAt }, n, all) => ({ name, dueAt, endsAt, state: all[n] })),
    );
  }

  /** Removes what is of no use any more: at most `limit`. @returns how many it were */
  forget(until: number, limit: number): Promise<number> {
    return this.states.forget(until, this.#versions, limit);
  }

  #version(correlation: string): string {
    return this.#versions.get(correlation) ?? '';
  }
}

/** What windows of a rule depend on. With other words they are of no use to it. */
function versionOf({ kind, rules, groupBy, spanMs, aliases }: CorrelationRule): string {
  const fields = [...aliases].map(([alias, byRule]) => [alias, [...byRule]]);
  return createHash('sha256')
    .update(JSON.stringify([kind, rules, groupBy, spanMs, fields]))
    .digest('hex')
    .slice(0, 16);
}
