import { createHash } from 'node:crypto';
import { type CorrelationRule, type GroupState, type GroupStore, isEmpty } from '@castellan/detection';
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

  async load(correlation: string, groups: readonly string[]): Promise<readonly (GroupState | undefined)[]> {
    const rows = await this.states.load(correlation, this.#version(correlation), groups);
    // Only `save` writes states, and the version says that it was this rule's.
    const states = new Map(rows.map(({ name, state }) => [name, state as GroupState]));
    return groups.map((group) => states.get(group));
  }

  due(correlation: string, until: number): Promise<readonly string[]> {
    return this.states.due(correlation, this.#version(correlation), until);
  }

  async save(correlation: string, groups: readonly string[], states: readonly GroupState[]): Promise<void> {
    const named = states.map((state, n) => ({ name: groups[n] ?? '', state, dueAt: state.dueAt, endsAt: state.endsAt }));
    const ended = named.filter(({ state }) => isEmpty(state)).map(({ name }) => name);
    await this.states.remove(correlation, ended);
    await this.states.save(
      correlation,
      this.#version(correlation),
      named.filter(({ state }) => !isEmpty(state)),
    );
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
