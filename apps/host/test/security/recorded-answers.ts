/** Every answer that `fetch` gets from a host, headers included, by the route that it came from. */
export class RecordedAnswers {
  readonly items: { readonly route: string; readonly text: string }[] = [];
  readonly #real = globalThis.fetch;

  /** @param onCookie sees each cookie that is set: it holds a secret */
  constructor(origin: string, onCookie: (cookie: string) => void) {
    globalThis.fetch = async (input, init) => {
      const response = await this.#real(input, init);
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.origin !== origin) return response;
      const text = await response.clone().text();
      const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
      response.headers.getSetCookie().forEach(onCookie);
      const path = url.pathname.replaceAll(/[0-9a-f-]{36}/g, 'ID');
      this.items.push({ route: `${init?.method ?? 'GET'} ${path}`, text: `${headers}\n${text}` });
      return response;
    };
  }

  end(): void {
    globalThis.fetch = this.#real;
  }
}
