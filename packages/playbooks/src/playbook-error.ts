/** What is wrong with a playbook, and where in it. */
export class PlaybookError extends Error {
  override readonly name = 'PlaybookError';

  constructor(
    message: string,
    readonly path: readonly (string | number)[] = [],
  ) {
    super(message);
  }
}

/** One mistake, with its place in the file. */
export interface PlaybookProblem {
  readonly file: string;
  readonly line: number;
  /** `steps.2.within`; empty: the file. */
  readonly field: string;
  readonly message: string;
}
