import type { RotationProgress } from '@castellan/storage';
import type { Output } from '../output.js';

const CELLS = 30;

/** A live bar on a terminal, a line of JSON for each step elsewhere. */
export class RotationBar {
  readonly #output: Output;
  readonly #terminal: NodeJS.WriteStream | undefined;

  constructor(output: Output, terminal: NodeJS.WriteStream | undefined) {
    this.#output = output;
    this.#terminal = terminal;
  }

  see({ step, done, total }: RotationProgress): void {
    if (this.#terminal === undefined) {
      // In order, as the stream keeps it; there are few lines, so nobody waits for a slow reader.
      void this.#output.json({ type: 'progress', step, done, total });
      return;
    }
    const filled = total === 0 ? 0 : Math.floor((CELLS * done) / total);
    this.#terminal.write(`\r\u001B[K[${'#'.repeat(filled)}${'-'.repeat(CELLS - filled)}] ${done}/${total}  ${step}`);
  }

  end(): void {
    this.#terminal?.write('\r\u001B[K');
  }
}
