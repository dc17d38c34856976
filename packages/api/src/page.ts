/** Answer of every paged list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** `cursor` of the next page; `null` on the last. */
  readonly next: string | null;
}
