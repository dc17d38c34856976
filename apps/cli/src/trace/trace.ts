import { ContentRedactor, type ObservedExchange } from '@castellan/http-client';
import { tokensIn } from '../exchanges/tokens-in.js';
import type { Output } from '../output.js';
import { harEntry } from './har-entry.js';
import { HarFile } from './har-file.js';

/** `--trace FILE.har`: every attempt of a command, without secrets. People's data stays in it. */
export class Trace {
  readonly #file: HarFile;
  readonly #path: string;
  readonly #output: Output;
  /** Of the settings, and tokens that were issued: one may come back in any later answer. */
  readonly #secrets: Set<string>;
  /** Nothing more is written: it was closed, or the disk is full. */
  #isOver = false;

  /** @param secrets those of the settings @throws UsageError when the file cannot be written */
  constructor(path: string, secrets: readonly string[], output: Output) {
    this.#path = path;
    this.#output = output;
    this.#file = new HarFile(path, { name: 'castellan', version: '1' });
    this.#secrets = new Set(secrets);
  }

  see(exchange: ObservedExchange): void {
    if (this.#isOver) return;
    for (const token of tokensIn(exchange)) this.#secrets.add(token);
    try {
      this.#file.add(harEntry(exchange, new ContentRedactor([...this.#secrets, ...exchange.sentSecrets])));
    } catch (error) {
      this.#isOver = true;
      // What is traced goes on: it is what the command is for.
      this.#output.say(
        `The trace ends here: ${this.#path} cannot be written (${error instanceof Error ? error.message : String(error)}).`,
      );
    }
  }

  close(): void {
    this.#isOver = true;
    this.#file.close();
    this.#output.say(`Trace: ${this.#file.entries} requests in ${this.#path}, without secrets. It holds data of people.`);
  }
}
