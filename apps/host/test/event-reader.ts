import type { IntegrationProgress } from '@castellan/api';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { until } from './until.js';

export interface ReadEvent {
  readonly name: string;
  readonly id: string | undefined;
  // Of our own API: the test that asks names what it expects.
  readonly data: unknown;
  readonly at: number;
}

/** Reads a stream of events as the standard says, with none of the host's code. */
export class EventReader {
  readonly events: ReadEvent[] = [];
  comments = 0;
  retry: number | undefined;
  isClosed = false;
  #rest = '';

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.#read(chunk));
    response.on('close', () => {
      this.isClosed = true;
    });
    response.on('error', () => undefined);
  }

  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
    // `response` is emitted with one value.
    const [response] = (await once(get(url, { headers, agent: false }), 'response')) as [IncomingMessage];
    return new EventReader(response);
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  get lastEventId(): string {
    return this.events.findLast(({ id }) => id !== undefined)?.id ?? '';
  }

  named(name: string): readonly ReadEvent[] {
    return this.events.filter((event) => event.name === name);
  }

  /** The states of an integration, as they came. */
  states(integration: string): readonly IntegrationProgress[] {
    return this.named('integration')
      .map(({ data }) => data as IntegrationProgress)
      .filter((progress) => progress.integration === integration);
  }

  async untilEvent(name: string, count = 1): Promise<void> {
    await until(() => this.named(name).length >= count);
  }

  close(): void {
    this.response.destroy();
  }

  #read(chunk: string): void {
    const blocks = (this.#rest + chunk).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#take(block.split('\n'));
  }

  #take(lines: readonly string[]): void {
    const value = (field: string): string | undefined =>
      lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2);
    if (lines.some((line) => line.startsWith(':'))) this.comments += 1;
    if (value('retry') !== undefined) this.retry = Number(value('retry'));
    const data = value('data');
    if (data === undefined) return;
    this.events.push({ name: value('event') ?? 'message', id: value('id'), data: JSON.parse(data), at: performance.now() });
  }
}
