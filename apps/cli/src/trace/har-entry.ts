import { STATUS_CODES } from 'node:http';
import type { ContentRedactor, Exchange, ObservedExchange } from '@castellan/http-client';
import type { Entry, Header, QueryString, Request, Response } from 'har-format';
import { boundedBody } from './bounded-body.js';

const HTTP_VERSION = 'HTTP/1.1';
/** HAR's word for "unknown". */
const UNKNOWN = -1;

type Answer = Extract<Exchange, { readonly kind: 'answer' }>;

/** An attempt as an entry of a HAR file, without its secrets. */
export function harEntry(exchange: ObservedExchange, redactor: ContentRedactor): Entry {
  const { askedAt, startedAt, answeredAt, endedAt, attempt } = exchange;
  const headAt = answeredAt ?? endedAt;
  const timings = { blocked: startedAt - askedAt, send: 0, wait: headAt - startedAt, receive: endedAt - headAt };
  return {
    startedDateTime: new Date(askedAt).toISOString(),
    time: endedAt - askedAt,
    request: requestOf(exchange, redactor),
    response: responseOf(exchange, redactor),
    cache: {},
    timings: { dns: UNKNOWN, connect: UNKNOWN, ssl: UNKNOWN, ...timings },
    comment: `attempt ${attempt}${howItEnded(exchange)}`,
  };
}

function howItEnded({ outcome }: ObservedExchange): string {
  if (outcome === undefined) return '; stopped before it was answered';
  if (outcome.kind === 'answer') return '';
  const { cause, expired, phase } = outcome;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  const why = expired === undefined ? (code ?? 'the connection failed') : `${expired} time-out`;
  return phase === 'head' ? `; no answer: ${why}` : `; the answer broke off: ${why}`;
}

function requestOf({ method, url, requestHeaders, form }: ObservedExchange, redactor: ContentRedactor): Request {
  const clean = redactor.url(url);
  const headers = Object.entries(requestHeaders).map(([name, value]) => ({ name, value: redactor.header(name, value) }));
  const text = form === undefined ? '' : new URLSearchParams(form).toString();
  return {
    method,
    url: clean,
    httpVersion: HTTP_VERSION,
    cookies: [],
    headers,
    queryString: queryOf(new URL(clean)),
    headersSize: UNKNOWN,
    bodySize: Buffer.byteLength(text),
    ...(form !== undefined && { postData: formOf(form, redactor) }),
  };
}

function queryOf(url: URL): QueryString[] {
  return [...url.searchParams].map(([name, value]) => ({ name, value }));
}

function formOf(form: Readonly<Record<string, string>>, redactor: ContentRedactor): NonNullable<Request['postData']> {
  const params = Object.entries(form).map(([name, value]) => ({ name, value: redactor.parameter(name, value) }));
  return { mimeType: 'application/x-www-form-urlencoded', params };
}

function responseOf({ outcome, form }: ObservedExchange, redactor: ContentRedactor): Response {
  const rest = { httpVersion: HTTP_VERSION, cookies: [], redirectURL: '', headersSize: UNKNOWN, bodySize: UNKNOWN };
  // What browsers write where there was no answer.
  if (outcome?.kind !== 'answer')
    return { ...rest, status: 0, statusText: '', headers: [], content: { size: 0, mimeType: 'x-unknown' } };
  const { status, headers } = outcome;
  const location = headers['location']?.[0];
  return {
    ...rest,
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers: headersOf(headers, redactor),
    content: contentOf(outcome, form !== undefined, redactor),
    redirectURL: location === undefined ? '' : redactor.header('location', location),
  };
}

function headersOf(headers: Answer['headers'], redactor: ContentRedactor): Header[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => ({ name, value: redactor.header(name, value) })),
  );
}

function contentOf({ text, headers }: Answer, isTokenAnswer: boolean, redactor: ContentRedactor): Response['content'] {
  const mimeType = headers['content-type']?.[0] ?? 'x-unknown';
  const size = Buffer.byteLength(text);
  if (text === '') return { size, mimeType };
  const { text: shown, comment } = boundedBody(text, isTokenAnswer, redactor);
  return { size, mimeType, text: shown, ...(comment !== undefined && { comment }) };
}
