/** What takes a while to make, for as long as it is that of its version: the latest so many. */
export class KeptByVersion<Value> {
  readonly #kept = new Map<string, { readonly version: string; readonly value: Value }>();

  constructor(private readonly most: number) {}

  async get(name: string, version: string, make: () => Promise<Value>): Promise<Value> {
    const kept = this.#kept.get(name);
    if (kept?.version === version) return kept.value;
    const value = await make();
    this.#kept.delete(name);
    this.#kept.set(name, { version, value });
    for (const oldest of [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - this.most))) this.#kept.delete(oldest);
    return value;
  }
}
