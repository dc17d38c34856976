import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Machine-readable lines on stdout, people's text on stderr: the two never mix. */
export interface Output {
  /** One JSON value as one line; resolves when the reader keeps up. */
  json(value: unknown): Promise<void>;
  /** A line for people. */
  say(text: string): void;
}

export function outputOf(stdout: Writable, stderr: Writable): Output {
  return {
    async json(value) {
      if (stdout.destroyed || stdout.errored !== null) return;
      // Waits for a slow reader: without it a pipe to `less` would pull the whole org into memory.
      if (!stdout.write(`${JSON.stringify(value)}\n`)) await once(stdout, 'drain').catch(() => undefined);
    },
    say(text) {
      stderr.write(`${text}\n`);
    },
  };
}
