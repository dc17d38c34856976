import { type AnyConnectorError, type ConnectorErrorKind, type ErrorView } from '@castellan/connector-sdk';
import { configField, type FieldProblem, Problem } from './problem.js';

/**
 * The one place where a connector's error becomes an HTTP answer. Never 401 or 403: those would say that the caller may
 * not use this API, while here the provider refuses the integration.
 */
const BY_KIND = {
  config: { status: 422, title: 'The settings are not valid' },
  auth: { status: 422, title: 'The provider refused the credential' },
  permission: { status: 422, title: 'The provider refused a permission' },
  rate_limit: { status: 503, title: 'The provider limits requests' },
  transient: { status: 502, title: 'The provider could not be reached' },
  upstream: { status: 502, title: 'The provider gave an answer that cannot be used' },
  aborted: { status: 503, title: 'The host is stopping' },
  internal: { status: 500, title: 'Something went wrong inside Castellan' },
} as const satisfies Record<ConnectorErrorKind, { readonly status: number; readonly title: string }>;

export function connectorProblem(error: AnyConnectorError, now: Date = new Date()): Problem {
  const view = error.view();
  const errors = fieldsOf(view);
  const seconds =
    view.retryAt === undefined ? undefined : Math.max(1, Math.ceil((Date.parse(view.retryAt) - now.getTime()) / 1_000));
  return new Problem({
    code: `connector-${view.kind.replaceAll('_', '-')}`,
    ...BY_KIND[view.kind],
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
