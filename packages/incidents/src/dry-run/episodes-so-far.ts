import type { Correlated, FoundEpisode } from '@castellan/detection';

/** What stands of what was told of one log. */
export class EpisodesSoFar {
  readonly #episodes = new Map<string, FoundEpisode>();

  tell({ changed, gone }: Correlated): void {
    for (const { rule, group, key } of gone) this.#episodes.delete(nameOf(rule.id, group, key));
    for (const episode of changed) {
      const { rule, group, key, replaces } = episode;
      for (const other of replaces) this.#episodes.delete(nameOf(rule.id, group, other));
      this.#episodes.set(nameOf(rule.id, group, key), episode);
    }
  }

  get all(): Iterable<FoundEpisode> {
    return this.#episodes.values();
  }
}

function nameOf(rule: string, group: string, key: string): string {
  return `${rule}\u001f${group}\u001f${key}`;
}
