/** Works on one run, or one organisation, until it is over, waits, or is stopped. Safe to call twice, also at once. */
export interface WorkExecutor {
  execute(id: string, shutdown: AbortSignal): Promise<unknown>;
}

/** Where the truth about runs is. A queue message is only a hint to look there. */
export interface DueRuns {
  /** Runs that somebody should look at now: queued, waiting and due, or running with a lease that ran out. */
  dueRuns(limit: number): Promise<readonly string[]>;
}

export interface DueSchedules {
  /** Creates a run for each integration whose time has come, at most `limit`, and moves its next time on. Gives the runs. */
  startDue(limit: number): Promise<readonly string[]>;
}

/** Where work is announced. */
export interface WorkAnnouncer {
  enqueue(id: string): Promise<void>;
}

export interface SchedulingLog {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
