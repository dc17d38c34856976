import { type Detected, type FoundEpisode, LATEST_MS } from '@castellan/detection';

/** Episodes that correlations have found, until nothing can be added to them. */
export class Stories {
  readonly #waiting = new Map<string, FoundEpisode>();
  readonly #told = new Set<string>();

  take({ changed, gone }: Pick<Detected, 'changed' | 'gone'>): void {
    for (const { rule, group, key } of gone) this.#waiting.delete(nameOf(rule.id, group, key));
    for (const episode of changed) {
      const { rule, group, key, replaces } = episode;
      const name = nameOf(rule.id, group, key);
      for (const before of replaces) {
        const old = nameOf(rule.id, group, before);
        this.#waiting.delete(old);
        if (this.#told.has(old)) this.#told.add(name);
      }
      if (!this.#told.has(name)) this.#waiting.set(name, episode);
    }
  }

  /** Those to which nothing is added any more; all, where nobody wants to wait. Each is told once. In the order of their ends. */
  ended(until: number): readonly FoundEpisode[] {
    const ended = [...this.#waiting].filter(([, { rule, lastAt }]) => lastAt + rule.spanMs + LATEST_MS < until);
    for (const [name] of ended) {
      this.#waiting.delete(name);
      this.#told.add(name);
    }
    return ended.map(([, episode]) => episode).toSorted((one, other) => one.lastAt - other.lastAt);
  }
}

function nameOf(rule: string, group: string, key: string): string {
  return JSON.stringify([rule, group, key]);
}
