/**
 * What a connection keeps between the runs of one integration in one process, so that a poll costs one request: an access
 * token, what the provider says about itself. Never stored, never logged; gone with the process and with changed settings.
 */
export interface ConnectionMemory {
  recall<T>(slot: MemorySlot<T>): T | undefined;
  keep<T>(slot: MemorySlot<T>, value: T): void;
}

/** Names what is kept, and its type. A constant beside the code that keeps it. */
export class MemorySlot<T> {
  /** Only for the type checker: a slot of one type is not a slot of another. */
  declare readonly of: T;
  constructor(readonly name: string) {}
}

/** An empty memory. A host makes one for each integration; tests make one for each connection. */
export function connectionMemory(): ConnectionMemory {
  const kept = new Map<object, unknown>();
  return {
    // What lies under a slot was put there under the same slot, whose type it has.
    recall: <T>(slot: MemorySlot<T>) => kept.get(slot) as T | undefined,
    keep: (slot, value) => void kept.set(slot, value),
  };
}
