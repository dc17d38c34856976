import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Machine-readable lines on stdout, people's text on stderr: the two never mix. */
export interface Output {
  /** One JSON value as one line; resolves when the reader keeps up. */
  json(value: unknown): Promise<void>;
  /** A line for people. */
  say(text: string): void;
  /** How many characters such a line has room for. */
  readonly width: number;
}

/** A file or a pipe has no width of its own. */
const USUAL_WIDTH = 120;

export function outputOf(stdout: Writable, stderr: Writable & { readonly columns?: number }): Output {
  return {
    get width() {
      return stderr.columns ?? USUAL_WIDTH;
    },
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
