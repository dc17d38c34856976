/** Asks the API as a page would: with the session's cookie, and its own origin. For what a test makes ready, or compares with. */
export class Caller {
  #cookie = '';

  constructor(readonly url: string) {}

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = {
      origin: this.url,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(this.#cookie !== '' && { cookie: this.#cookie }),
    };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(`${this.url}/api${path}`, init);
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.#cookie = set.split(';', 1)[0] ?? '';
    return response;
  }

  /** @throws when the host refuses. The caller names the shape that the API has. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.ask('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.ask('POST', path, body);
  }
}
