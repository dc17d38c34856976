import { type HttpFactory, type HttpRequest, type HttpResponse, TransientError } from '@castellan/connector-sdk';
import { TinyHost } from './tiny-host.js';

const DOMAIN = 'https://127.0.0.1';

export interface Answer {
  readonly body: unknown;
  /** A path, or nothing after the last page. */
  readonly next?: string;
  readonly status?: number;
}

/** Okta does not know the position any more. */
export const REFUSED: Answer = {
  status: 400,
  body: { errorCode: 'E0000031', errorSummary: 'x', errorCauses: [{ errorSummary: 'Invalid cursor.' }] },
};

/** An organisation that answers what no simulator would: gives the host, every path (with query) that it was asked for, and those at low priority. */
export async function scripted(
  answer: (path: string, query: URLSearchParams) => Answer,
  now?: () => Date,
  settings: object = {},
): Promise<{ readonly host: TinyHost; readonly asked: readonly string[]; readonly low: readonly string[] }> {
  const asked: string[] = [];
  const low: string[] = [];
  const http: HttpFactory = () => ({
    send: (request: HttpRequest): Promise<HttpResponse> => {
      const url = new URL(request.url, DOMAIN);
      for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
      if (url.pathname.startsWith('/.well-known')) return Promise.resolve(response({ body: { id: '00o1', _links: {} } }));
      asked.push(`${url.pathname}${url.search}`);
      if (request.priority === 'low') low.push(url.pathname);
      // So that a reader without end ends the test and not the machine.
      if (asked.length > 800) return Promise.reject(new TransientError({ message: 'asked without end' }));
      return Promise.resolve(response(answer(url.pathname, url.searchParams)));
    },
  });
  const config = {
    ...settings,
    domain: DOMAIN,
    auth: { method: 'api_token', token: '00abcdefghijklmnopqrstuvwxyz0123456789ABCD' },
  };
  return { host: await TinyHost.create(config, now, http), asked, low };
}

function response({ body, next, status = 200 }: Answer): HttpResponse {
  return { status, headers: {}, body, next: next === undefined ? undefined : `${DOMAIN}${next}`, date: undefined };
}
