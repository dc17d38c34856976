import {
  AuthError,
  type ConnectorError,
  type HttpMethod,
  type HttpResponse,
  PermissionError,
  RateLimitError,
  TransientError,
  UpstreamError,
} from '@castellan/connector-sdk';
import { hostOf } from '../client/address.js';
import { Redactor } from '../redaction/redactor.js';
import { isTransientStatus } from '../retry/backoff.js';

const EXCERPT = 300;

/** What an error may say about the request that failed: no query, no headers. */
export interface Subject {
  readonly method: HttpMethod;
  readonly host: string;
  readonly path: string;
  /** What was sent and must not come back in an error, should the provider quote it. */
  readonly secrets: readonly string[];
}

/** The general table: status -> kind. */
export function answerError(subject: Subject, response: HttpResponse, retryAt: Date): ConnectorError {
  const { host, path } = subject;
  const { status } = response;
  const detail = describe(subject, response);
  if (status === 401) return new AuthError({ message: `${host} refused the credential. Check it and connect again.`, detail });
  if (status === 403) return permissionError(subject, response, detail);
  if (status === 429) return new RateLimitError({ ...rateLimited(host, retryAt), detail });
  if (isTransientStatus(status))
    return new TransientError({ message: `${host} has trouble (status ${status} at ${path}).`, detail });
  return new UpstreamError({ message: `${host} answered ${path} with status ${status}.`, detail });
}

export function rateLimited(host: string, retryAt: Date): { readonly message: string; readonly retryAt: Date } {
  return { message: `${host} limits how often we may ask. It is worth trying again from ${retryAt.toISOString()}.`, retryAt };
}

function permissionError(subject: Subject, response: HttpResponse, detail: string): PermissionError {
  const challenge = (response.headers['www-authenticate'] ?? []).join(', ');
  const scope = /\bscope="([^"]*)"/i.exec(challenge)?.[1] ?? /\bscope=([^\s",]+)/i.exec(challenge)?.[1] ?? '';
  const missing = scope.split(/\s+/).filter((name) => name !== '');
  const wanted = missing.length === 0 ? '' : ` Missing: ${missing.join(', ')}.`;
  return new PermissionError({
    message: `${subject.host} does not let this credential read ${subject.path}.${wanted}`,
    missing,
    detail,
  });
}

/** A 3xx: credentials follow nobody to another place. */
export function redirectError(subject: Subject, response: HttpResponse): ConnectorError {
  const location = response.headers['location']?.[0] ?? '';
  const host = hostOf(location, `https://${subject.host}`);
  return new UpstreamError({
    message: `${subject.host} redirects ${subject.path} to ${host}. Redirects are not followed: enter the final address.`,
    detail: `security: redirect; ${subject.method} ${subject.path} -> ${response.status} to ${host}`,
  });
}

/** For the operator: status, path, the provider's request id and the start of the body. */
function describe({ method, path, secrets }: Subject, response: HttpResponse): string {
  const id = Object.entries(response.headers).find(([name]) => /(^|-)request-id$/.test(name))?.[1][0];
  const redactor = new Redactor(secrets);
  const body = redactor.value(response.body);
  const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  const excerpt = redactor.text(text).replace(/\s+/g, ' ').slice(0, EXCERPT);
  return [
    `${method} ${path} -> ${response.status}`,
    ...(id === undefined ? [] : [`request id ${id}`]),
    ...(excerpt === '' ? [] : [excerpt]),
  ].join('; ');
}
