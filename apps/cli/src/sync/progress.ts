import type { StreamInfo, SyncMessage } from '@castellan/connector-sdk';
import type { Output } from '../output.js';

/** Counts for people: a live line on a terminal, a line a stream elsewhere. */
export class SyncProgress {
  readonly #rows = new Map<string, number>();
  readonly #output: Output;
  readonly #terminal: NodeJS.WriteStream | undefined;
  #shownAt = 0;

  constructor(streams: readonly StreamInfo[], output: Output, terminal: NodeJS.WriteStream | undefined) {
    for (const stream of streams) this.#rows.set(stream.name, 0);
    this.#output = output;
    this.#terminal = terminal;
  }

  see(message: SyncMessage): void {
    if (message.type === 'stopped') {
      this.#clear();
      this.#output.say(`${message.stream}: ${message.status}: ${message.error.message}`);
      return;
    }
    if (message.type !== 'page') return;
    const rows = (this.#rows.get(message.stream) ?? 0) + message.records.length;
    this.#rows.set(message.stream, rows);
    if (message.progress.done) {
      this.#clear();
      this.#output.say(`${message.stream}: ${rows} records`);
    }
    this.#show();
  }

  end(): number {
    this.#clear();
    return [...this.#rows.values()].reduce((sum, rows) => sum + rows, 0);
  }

  #show(): void {
    if (this.#terminal === undefined || performance.now() - this.#shownAt < 100) return;
    this.#shownAt = performance.now();
    const active = [...this.#rows].filter(([, rows]) => rows > 0).map(([name, rows]) => `${name} ${rows}`);
    this.#terminal.write(`\r\u001B[K${active.join('  ').slice(0, (this.#terminal.columns || 80) - 1)}`);
  }

  #clear(): void {
    this.#terminal?.write('\r\u001B[K');
  }
}
