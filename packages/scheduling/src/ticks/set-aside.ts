/** Work that has failed and is left alone for a while: what fails each time must not keep the others waiting. */
export class SetAside {
  /** Until when, by id. */
  readonly #until = new Map<string, number>();

  constructor(private readonly forMs: number) {}

  /** How many are left alone for now. */
  get size(): number {
    return this.#until.size;
  }

  has(id: string): boolean {
    const until = this.#until.get(id);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    this.#until.delete(id);
    return false;
  }

  add(id: string): void {
    this.#until.set(id, performance.now() + this.forMs);
  }

  delete(id: string): void {
    this.#until.delete(id);
  }
}
