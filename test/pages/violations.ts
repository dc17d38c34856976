import type { Page } from 'playwright-core';

/** What a page must never do: break its policy, throw, or load from elsewhere. */
export class Violations {
  #found: string[] = [];

  async watch(page: Page): Promise<void> {
    const home = (): string => new URL(page.url()).origin;
    page.on('pageerror', (error) => this.#found.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (/content security policy/i.test(text)) this.#found.push(text);
      // A refusal is told to the person; React's complaints are told to nobody but us.
      else if (message.type() === 'error' && !/Failed to load resource|EventSource/.test(text)) this.#found.push(text);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      const isOwn = page.url() === 'about:blank' || origin === home() || protocol === 'data:' || protocol === 'blob:';
      if (!isOwn) this.#found.push(`asked elsewhere: ${origin}`);
    });
  }

  take(): readonly string[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
