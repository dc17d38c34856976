import {
  AuthError,
  type ConnectorError,
  type HttpResponse,
  PermissionError,
  TransientError,
  UpstreamError,
} from '@castellan/connector-sdk';
import type { OktaAuth } from '../config/okta-auth.js';
import { readableAt } from './readables.js';

/** A `next` link that Okta no longer knows: the listing starts afresh, nothing else is wrong. */
export class CursorRefusedError extends UpstreamError {}

/**
 * Okta answers that there is nothing of the kind here, or that it does not know what was asked for: asking again gives the same
 * answer, and nothing is down.
 */
export class NotOfferedError extends UpstreamError {}

/**
 * The organisation lacks the feature, or the connection the rights to it: Okta has one answer for both (E0000015). Where the scope is
 * granted and everything else can be read it is the feature.
 */
export class NotLicensedError extends PermissionError {}

/** Statuses whose meaning depends on what was asked; the client takes them as answers and reads them here. */
export const READ_HERE: readonly number[] = [400, 403, 404, 405, 410, 501];

/** `errorCode` of an error answer, the only part that Okta promises to keep. Source: Okta, "Core Okta API", errors. */
export function errorCodeOf(response: HttpResponse): string | undefined {
  return textAt(response.body, 'errorCode');
}

/** @param path of the request, for what the customer reads; without query, since that may say who was asked about. */
export function apiError(response: HttpResponse, path: string): ConnectorError {
  const code = errorCodeOf(response);
  const detail = `${response.status} ${code ?? 'no code'} at ${path}: ${summaryOf(response)}`;
  switch (response.status) {
    case 403:
      return forbidden(response, path, code, detail);
    case 400:
      return badRequest(response, path, detail);
    case 404:
    case 405:
    case 410:
    case 501:
      return new NotOfferedError({
        message: `This Okta organisation does not offer ${readableAt(path).what} (status ${response.status}).`,
        detail,
      });
    default:
      return new UpstreamError({
        message: `Okta answered with status ${response.status} when asked for ${readableAt(path).what}.`,
        detail,
      });
  }
}

function forbidden(response: HttpResponse, path: string, code: string | undefined, detail: string): ConnectorError {
  const { what, scope, role } = readableAt(path);
  const wanted = scopesWantedIn(response);
  if (wanted !== undefined) return scopeError(wanted.length > 0 ? wanted : [scope], detail);
  if (code === 'E0000005') {
    return new AuthError({
      message: 'Okta does not accept the session of this connection any more. Test the connection, then sync again.',
      detail,
    });
  }
  if (typeof response.body === 'string' && code === undefined) {
    const message = `Something between Castellan and Okta refuses the request for ${what}: the answer is not Okta's. Look at proxies and at Okta's network zones.`;
    return new UpstreamError({ message, detail });
  }
  return new PermissionError({
    message: `Okta does not let this connection read ${what}. Assign the admin role it needs in Okta (the app's tab Admin roles): ${role}.`,
    missing: [`admin role: ${role}`],
    detail,
  });
}

/** A missing scope comes with an empty body: only this header says which (okta-sdk-golang issue 145). `undefined`: none is. */
export function scopesWantedIn(response: HttpResponse): readonly string[] | undefined {
  const challenge = (response.headers['www-authenticate'] ?? []).join(', ');
  const wanted = /\bscope="([^"]+)"/.exec(challenge)?.[1]?.split(' ') ?? [];
  return wanted.length > 0 || /insufficient_scope/.test(challenge) ? wanted : undefined;
}

/** Where a scope is granted. */
export const GRANT_SCOPES = 'Grant it in Okta: Applications > the app > Okta API Scopes.';

/** Scopes that were not granted to the app. @param then what to do after that: an action is no sync */
export function scopeError(scopes: readonly string[], detail?: string, then = 'sync'): PermissionError {
  const names = scopes.join(', ');
  return new PermissionError({
    message: `The scope ${names} is not granted. ${GRANT_SCOPES} Then ${then} again.`,
    missing: scopes,
    ...(detail !== undefined && { detail }),
  });
}

/** True for a permission error that holds for all that the scope covers, not for one object. */
export function isScopeError(error: ConnectorError): boolean {
  return error instanceof PermissionError && error.missing.some((missing) => missing.startsWith('okta.'));
}

function badRequest(response: HttpResponse, path: string, detail: string): ConnectorError {
  // E0000029 and E0000031 are used for other mistakes too; only the cause tells that it is the cursor.
  const refused = ['E0000029', 'E0000031'].includes(errorCodeOf(response) ?? '') && /invalid cursor/i.test(causesOf(response));
  if (refused)
    return new CursorRefusedError({ message: 'Okta does not know the place any more at which the last run stopped.', detail });
  return new NotOfferedError({ message: `Okta did not understand the request for ${readableAt(path).what}.`, detail });
}

/** 401 after the one renewal that is worth it. */
export function unauthorized(response: HttpResponse, auth: OktaAuth): ConnectorError {
  const detail = `401 ${errorCodeOf(response) ?? 'no code'}: ${summaryOf(response)}`;
  if (errorCodeOf(response) === 'E0000015') {
    return new NotLicensedError({
      message:
        'Okta does not let this connection use the feature. The organisation may lack the licence, or the app the admin role.',
      missing: ['admin role or licence'],
      detail,
    });
  }
  if (auth.method === 'api_token') {
    const message =
      'Okta does not accept the token. It is wrong, was revoked, was not used for 30 days, or its owner was deactivated. Make a new one in Okta: Security > API > Tokens.';
    return new AuthError({ message, field: 'auth.token', detail });
  }
  const message =
    'Okta does not accept the access token that it has just issued. Check that the app is active in Okta and that the domain is its own.';
  return new AuthError({ message, field: 'auth.clientId', detail });
}

export function unexpectedBody(path: string, found: string): ConnectorError {
  return new UpstreamError({
    message: `Okta's answer for ${readableAt(path).what} was not in the form that it documents.`,
    detail: `expected a list at ${path}, found ${found}`,
  });
}

export function unavailable(detail: string): TransientError {
  return new TransientError({ message: 'Okta could not issue an access token just now.', detail });
}

export function summaryOf(response: HttpResponse): string {
  const text = textAt(response.body, 'errorSummary') ?? (typeof response.body === 'string' ? 'not JSON' : 'no summary');
  const causes = causesOf(response);
  return `${text}${causes === '' ? '' : ` (${causes})`}`.slice(0, 500);
}

export function causesOf(response: HttpResponse): string {
  const body = response.body;
  if (typeof body !== 'object' || body === null || !('errorCauses' in body) || !Array.isArray(body.errorCauses)) return '';
  const causes: readonly unknown[] = body.errorCauses;
  return causes.map((cause) => textAt(cause, 'errorSummary') ?? '').join('; ');
}

/** A text member of something that may be anything. */
export function textAt(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = new Map<string, unknown>(Object.entries(value)).get(key);
  return typeof found === 'string' ? found : undefined;
}
