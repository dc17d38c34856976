/** The exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, invalid: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with exit code 2: what was typed or configured is wrong. `message` goes to stderr. */
export class UsageError extends Error {
  /** For machines, on stdout. */
  readonly report: unknown;
  constructor(message: string, report?: unknown) {
    super(message);
    this.name = 'UsageError';
    this.report = report;
  }
}
