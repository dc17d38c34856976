import type { FieldProblem } from '@castellan/api';
import type { ConnectionReport } from '@castellan/connector-sdk';
import { fieldsOf } from '../problems/connector-problem.js';
import { Problem } from '../problems/problem.js';

/**
 * Judges a report before anything is stored.
 * @param acceptIncomplete the caller knows that some streams cannot be read, and wants the rest
 * @throws Problem (422) that carries the failed checks and names each setting and permission
 */
export function requireConnection(report: ConnectionReport, acceptIncomplete: boolean): void {
  const failed = report.checks.filter((check) => check.status === 'failed');
  if (failed.length === 0) return;
  // A failed check that does not say what it blocks is taken at its worst.
  const partial = failed.every((check) => check.blocks === 'stream');
  if (partial && acceptIncomplete) return;
  const errors = unique(failed.flatMap((check) => (check.error === undefined ? [] : fieldsOf(check.error))));
  const why = summary([...new Set(failed.map((check) => check.error?.message ?? check.message ?? `${check.name} failed.`))]);
  const way = partial ? ' Mend it, or send "acceptIncomplete": true to read only the rest.' : '';
  throw new Problem({
    code: partial ? 'connection-incomplete' : 'connection-refused',
    detail: `${why}${way}`,
    checks: failed,
    ...(errors.length > 0 && { errors }),
  });
}

/** Many checks fail for one scope or one role: it is named once, with the first message. */
function unique(problems: readonly FieldProblem[]): readonly FieldProblem[] {
  const byField = new Map<string, FieldProblem>();
  for (const problem of problems) if (!byField.has(problem.field)) byField.set(problem.field, problem);
  return [...byField.values()];
}

const SHOWN = 2;

/** What a dialog can show; the rest is in `checks`. */
function summary(messages: readonly string[]): string {
  const more = messages.length - SHOWN;
  const rest = more > 0 ? [`${more} more ${more === 1 ? 'check' : 'checks'} failed.`] : [];
  return [...messages.slice(0, SHOWN), ...rest].join(' ');
}
