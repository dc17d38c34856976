import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject, Simulator } from '../src/index.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Header lines as they came over the wire, name and value in turn. */
  readonly rawHeaders: readonly string[];
  readonly text: string;
}

const agent = new Agent({ keepAlive: false });

/** A bare HTTP client: fetch would join the `Link` lines and hide how they came. */
export function send(
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: init.method ?? 'GET', headers: init.headers ?? {}, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, rawHeaders: response.rawHeaders, text }),
      );
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(init.body);
  });
}

export interface ErrorBody {
  readonly errorCode: string;
  readonly errorSummary: string;
  readonly errorCauses: readonly { errorSummary: string }[];
}

// The tests below know what they asked for; a wrong shape fails in the assertion that follows.
export const json = <T = JsonObject>(answer: Answer): T => JSON.parse(answer.text) as T;

/** Status, code and the sentences of an error. */
export function refusal(answer: Answer): readonly unknown[] {
  const body = json<ErrorBody>(answer);
  return [answer.status, body.errorCode, body.errorSummary, ...body.errorCauses.map(({ errorSummary }) => errorSummary)];
}

export function get(simulator: Simulator, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const url = path.startsWith('http') ? path : `${simulator.url}${path}`;
  return send(url, { headers: { authorization: `SSWS ${simulator.credentials.apiToken.token}`, ...headers } });
}

/** A change over the API, with the API token unless the headers have another credential. */
export function write(
  simulator: Simulator,
  method: string,
  path: string,
  body?: JsonObject | string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return send(`${simulator.url}${path}`, {
    method,
    headers: {
      authorization: `SSWS ${simulator.credentials.apiToken.token}`,
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(text !== undefined && { body: text }),
  });
}

/** The header of a client that has been granted the scopes. */
export async function bearer(simulator: Simulator, scopes: readonly string[]): Promise<Record<string, string>> {
  simulator.setGrantedScopes(scopes);
  const { clientId, clientSecret } = simulator.config.auth;
  const answer = await askToken(simulator, { scope: scopes.join(' ') }, basic(clientId, clientSecret));
  return { authorization: `Bearer ${json<{ access_token: string }>(answer).access_token}` };
}

export function linkOf(answer: Answer, rel: string): string | undefined {
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    if (answer.rawHeaders[index]?.toLowerCase() !== 'link') continue;
    const match = /^<([^>]+)>; rel="(\w+)"$/.exec(answer.rawHeaders[index + 1] ?? '');
    if (match?.[2] === rel) return match[1];
  }
  return undefined;
}

/** Every row of a list, by its next links. */
export async function list(simulator: Simulator, path: string): Promise<{ rows: JsonObject[]; pages: number }> {
  const rows: JsonObject[] = [];
  let pages = 0;
  for (let url: string | undefined = path; url !== undefined; pages += 1) {
    const answer: Answer = await get(simulator, url);
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${answer.text}`);
    rows.push(...json<JsonObject[]>(answer));
    url = linkOf(answer, 'next');
  }
  return { rows, pages };
}

export function askToken(
  simulator: Simulator,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(`${simulator.url}/oauth2/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }).toString(),
  });
}

export const basic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});
