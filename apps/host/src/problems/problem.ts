import type { FieldProblem, ProblemBody } from '@castellan/api';
import { type ProblemCode, problemKind, problemType } from './problem-catalogue.js';

export interface ProblemInit extends Omit<ProblemBody, 'type' | 'title' | 'status'> {
  /** Says the title and the status, too. */
  readonly code: ProblemCode;
  readonly retryAfterSeconds?: number;
  /** Methods that would do. */
  readonly allow?: readonly string[];
  /** For the log alone. */
  readonly cause?: unknown;
}

/** Thrown wherever a request cannot be served; the filter writes it. */
export class Problem extends Error {
  readonly body: ProblemBody;
  readonly retryAfterSeconds: number | undefined;
  readonly allow: readonly string[] | undefined;

  constructor({ code, retryAfterSeconds, allow, cause, ...rest }: ProblemInit) {
    super(rest.detail, cause === undefined ? {} : { cause });
    this.name = 'Problem';
    const { title, status } = problemKind(code);
    this.body = { type: problemType(code), title, status, ...rest };
    this.retryAfterSeconds = retryAfterSeconds;
    this.allow = allow;
  }
}

/** Something in the request's form is wrong: a parameter, a key, a type. */
export function invalidRequest(errors: readonly FieldProblem[]): Problem {
  return new Problem({
    code: 'invalid-request',
    detail: sentence(errors),
    errors,
  });
}

/** The settings were understood and are wrong. */
export function invalidConfig(issues: readonly FieldProblem[]): Problem {
  const errors = issues.map((issue) => ({ field: configField(issue.field), message: issue.message }));
  return new Problem({
    code: 'invalid-config',
    detail: sentence(errors),
    errors,
  });
}

export function notFound(parameter: string, what: string): Problem {
  const detail = `There is no ${what}.`;
  const errors = [{ field: parameter, message: detail }];
  return new Problem({ code: 'not-found', detail, errors });
}

/** The path of a setting as the caller sent it. */
export function configField(field: string): string {
  return field === '' ? 'config' : `config.${field}`;
}

function sentence(errors: readonly FieldProblem[]): string {
  return errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join(' ');
}
