import type { FieldProblem } from '@castellan/api';
import { type AnyConnectorError, type ConnectorErrorKind, type ErrorView } from '@castellan/connector-sdk';
import { configField, Problem } from './problem.js';
import type { ProblemCode } from './problem-catalogue.js';

/**
 * The one place where a connector's error becomes an HTTP answer. Never 401 or 403: those would say that the caller may
 * not use this API, while here the provider refuses the integration.
 */
const BY_KIND = {
  config: 'connector-config',
  auth: 'connector-auth',
  permission: 'connector-permission',
  rate_limit: 'connector-rate-limit',
  transient: 'connector-transient',
  upstream: 'connector-upstream',
  aborted: 'connector-aborted',
  internal: 'connector-internal',
} as const satisfies Record<ConnectorErrorKind, ProblemCode>;

export function connectorProblem(error: AnyConnectorError, now: Date = new Date()): Problem {
  const view = error.view();
  const errors = fieldsOf(view);
  const seconds =
    view.retryAt === undefined ? undefined : Math.max(1, Math.ceil((Date.parse(view.retryAt) - now.getTime()) / 1_000));
  return new Problem({
    code: BY_KIND[view.kind],
    detail: view.message,
    ...(errors.length > 0 && { errors }),
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
  });
}

/** What to mend, by name: the setting, or each missing permission. */
export function fieldsOf(view: ErrorView): readonly FieldProblem[] {
  if (view.field !== undefined) return [{ field: configField(view.field), message: view.message }];
  return (view.missing ?? []).map((permission) => ({ field: permission, message: view.message }));
}
