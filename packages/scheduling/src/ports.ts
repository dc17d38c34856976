/** Works on whatever is most urgent, until it is over, waits, gives way, or is stopped. */
export interface TurnTaker {
  /** @returns whether there was anything to work on */
  takeTurn(shutdown: AbortSignal): Promise<boolean>;
}

/** Works on one organisation until it is over, waits, or is stopped. Safe to call twice, also at once. */
export interface WorkExecutor {
  execute(id: string, shutdown: AbortSignal): Promise<unknown>;
}

/** Where the truth about runs is. A hint only says to look there. */
export interface DueRuns {
  /** Runs that somebody should look at now: queued, waiting and due, or running with a lease that ran out. */
  dueRuns(limit: number): Promise<readonly string[]>;
}

export interface DueSchedules {
  /** Creates a run for each integration whose time has come, at most `limit` of each mode, and moves its next time on. @returns how many runs */
  startDue(limit: number): Promise<number>;
}

/** Where runs are announced. */
export interface TurnAnnouncer {
  announce(): Promise<void>;
  announceAll(due: number): Promise<void>;
}

/** Where other work is announced, by its id. */
export interface WorkAnnouncer {
  enqueue(id: string): Promise<void>;
}

export interface SchedulingLog {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
