/** Asks the API as a page would: with the session's cookie, and its own origin. For what a test makes ready, or compares with. */
export class Caller {
  #cookie = '';

  /** @param browser how it calls itself, in the list of sessions */
  constructor(
    readonly url: string,
    readonly browser?: string,
  ) {}

  /** Of the session: what a browser would keep of it. */
  get cookie(): { readonly name: string; readonly value: string } {
    const at = this.#cookie.indexOf('=');
    return { name: this.#cookie.slice(0, at), value: this.#cookie.slice(at + 1) };
  }

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = {
      origin: this.url,
      ...(this.browser !== undefined && { 'user-agent': this.browser }),
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

  /** Somebody else who may sign in from now on, past the pages. */
  async admit({ password, ...person }: Admitted): Promise<void> {
    const { invitation } = await this.post<{ readonly invitation: { readonly token: string } }>('/users', person);
    await new Caller(this.url).post('/invitations/accept', { token: invitation.token, password });
  }
}

interface Admitted {
  readonly email: string;
  readonly name: string;
  readonly role: 'viewer' | 'analyst' | 'administrator';
  readonly password: string;
}
