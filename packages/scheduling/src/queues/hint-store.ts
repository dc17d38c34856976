/** What a hint says: an id, or nothing but that there is work. */
export interface Hint {
  readonly id: string | null;
}

/** Hints of one kind of work. */
export interface Hints {
  /** @param jobId of hints with the same one there is one at a time, until it has been worked on */
  add(hints: readonly { readonly hint: Hint; readonly jobId?: string }[]): Promise<void>;
  /** How many nobody has taken yet. */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

/** Takes hints as long as it is open. */
export interface HintTaker {
  /** Takes no more, and waits for those at work. */
  close(): Promise<void>;
}

export interface TakerOptions {
  readonly take: (hint: Hint) => Promise<unknown>;
  /** At a time in this process. */
  readonly concurrency: number;
  /** What it cannot reach. It goes on trying. */
  readonly onError: (error: Error) => void;
  /** `take` has thrown. */
  readonly onFailed: (jobId: string | undefined, error: Error) => void;
}

/** Where hints wait, for all hosts: one for a process, shared by its queues. */
export interface HintStore {
  readonly kind: 'postgres' | 'redis';
  hints(name: string): Hints;
  taker(name: string, options: TakerOptions): HintTaker;
  close(): Promise<void>;
}
