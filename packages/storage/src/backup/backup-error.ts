/** `file`: cannot be read or written. `damaged`: not whole, altered, or no backup. `refused`: whole, but not for this database. */
export type BackupProblem = 'file' | 'damaged' | 'refused';

/** Every message says the way out. */
export class BackupError extends Error {
  constructor(
    readonly code: BackupProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BackupError';
  }
}

export function damaged(why: string, cause?: unknown): BackupError {
  const text = `The file is not a whole backup: ${why}. Use another copy of it; nothing was changed.`;
  return new BackupError('damaged', text, cause === undefined ? {} : { cause });
}
