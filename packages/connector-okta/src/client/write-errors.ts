import {
  AuthError,
  ConfigError,
  type ConnectorError,
  type HttpResponse,
  PermissionError,
  TransientError,
  UpstreamError,
} from '@castellan/connector-sdk';
import { causesOf, errorCodeOf, READ_HERE, scopeError, scopesWantedIn, summaryOf } from './api-errors.js';

/** Okta has such a thing already, or is at work on it: maybe what was wanted. */
export class ConflictError extends ConfigError {}

/** Statuses of answers to writes that are read here. */
export const READ_OF_WRITES: readonly number[] = [...READ_HERE, 409];

/** Whoever may change what a path shows. First match counts. Source: Okta, "Standard administrator roles and permissions". */
const WRITERS: readonly (readonly [pattern: RegExp, what: string, role: string])[] = [
  [/\/roles(\/|$)|^\/api\/v1\/iam/, 'the roles of administrators', 'Super Administrator'],
  [/^\/api\/v1\/users/, 'people', 'Organization Administrator, or a custom role that manages users'],
  [/^\/api\/v1\/groups/, 'members of groups', 'Organization Administrator, or a custom role that manages group members'],
  [/^\/api\/v1\/apps/, 'applications', 'Application Administrator'],
  [/^\/api\/v1\/idps/, 'identity providers', 'Super Administrator'],
  [/^\/api\/v1\/zones/, 'network zones', 'Organization Administrator'],
  [/^\/api\/v1\/api-tokens/, 'API tokens', 'Super Administrator'],
];

/**
 * An answer that nobody can use does not say whether it was done: it may be a proxy's, or tell that there is such a thing already. It
 * is looked at again then, as after one that was lost.
 */
export function unusable(error: unknown): unknown {
  if (!(error instanceof UpstreamError) || error.detail?.startsWith('security:') === true) return error;
  const { message, detail } = error;
  return new TransientError({ message, cause: error, ...(detail !== undefined && { detail }) });
}

/** Why Okta did not do what was asked of it. What it says itself is the best reason that there is. */
export function writeError(response: HttpResponse, path: string): ConnectorError {
  const code = errorCodeOf(response);
  const detail = `${response.status} ${code ?? 'no code'} at ${path}: ${summaryOf(response)}`;
  const [, what = 'this', role = 'Super Administrator'] = WRITERS.find(([pattern]) => pattern.test(path)) ?? [];
  const scopes = scopesWantedIn(response);
  if (response.status === 403 && scopes !== undefined) return scopeError(scopes, detail, 'try');
  if (code === 'E0000005')
    return new AuthError({ message: 'Okta does not accept the session of this connection any more.', detail });
  // Okta's own 403 may be empty.
  const isEmpty = response.body === undefined || response.body === null || response.body === '';
  if (code === undefined && !(response.status === 403 && isEmpty))
    return new TransientError({
      message: `Something between Castellan and Okta has answered when it was to change ${what}: the answer is not Okta's. Look at proxies and at Okta's network zones.`,
      detail,
    });
  if (response.status === 403 && (code === 'E0000006' || code === undefined)) {
    const message = `Okta does not let this connection change ${what}. Assign the admin role that it needs in Okta (the app's tab Admin roles): ${role}. For an administrator only another Super Administrator will do.`;
    return new PermissionError({ message, missing: [`admin role: ${role}`], detail });
  }
  // Beside the general "validation failed" the reason stands in the causes.
  const reason = causesOf(response) || summaryOf(response);
  if (code === 'E0000007') return new ConfigError({ message: `It is not there any more: ${reason}`, detail });
  if (response.status === 400 || response.status === 403)
    return new ConfigError({ message: `Okta refuses it: ${reason}`, detail });
  if (response.status === 409) return new ConflictError({ message: `Okta refuses it: ${reason}`, detail });
  return new UpstreamError({ message: `Okta answered with status ${response.status} when it was to change ${what}.`, detail });
}
