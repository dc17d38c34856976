import type { ConnectionCheck } from '@castellan/connector-sdk';

/** One thing to mend, named as the caller named it: `config.domain`, `limit`. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** RFC 9457. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  /** The failed rows of a connection report. */
  readonly checks?: readonly ConnectionCheck[];
  /** Of a question about a time that nobody has observed: the first instant that can be asked about, ISO 8601. Left out: there is none yet. */
  readonly observedSince?: string;
  /** Finds the log line of an error that nobody foresaw. */
  readonly reference?: string;
}
