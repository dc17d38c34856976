import type { FieldProblem, ProblemBody } from '@castellan/api';

/** What the host has refused, as it says it; or that there was no answer at all (`status` 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: ProblemBody;

  constructor(problem: ProblemBody) {
    super(problem.detail);
    this.name = 'ApiError';
    this.status = problem.status;
    this.problem = problem;
  }

  /** The last part of the problem's type, which never changes: `name-taken`. */
  get code(): string {
    return this.problem.type.split(':').at(-1) ?? '';
  }

  get fields(): readonly FieldProblem[] {
    return this.problem.errors ?? [];
  }
}

/** The host is not there, or something between us and it is broken: it may come back by itself. */
export function noAnswer(): ApiError {
  return new ApiError({
    type: 'urn:castellan:problem:no-answer',
    title: 'No answer',
    status: 0,
    detail: 'The host does not answer. Check the connection; the page tries again by itself.',
  });
}

/** Something in front of the host has answered in its place. */
export function strangeAnswer(status: number): ApiError {
  return new ApiError({
    type: 'urn:castellan:problem:strange-answer',
    title: 'Strange answer',
    status,
    detail: `Something between this page and the host has answered with status ${status}. Try again; if it stays, tell whoever runs the host.`,
  });
}
