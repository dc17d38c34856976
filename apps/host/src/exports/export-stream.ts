import { MOST_EXPORTED_ROWS } from '@castellan/api';
import type { Logger } from '@castellan/connector-sdk';
import type { Response } from 'express';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface ExportLimits {
  /** A file that nobody can open any more is no export; and what is asked for once must end. */
  readonly lines: number;
  /** Whoever takes nothing for so long has gone, or wants to hold us. */
  readonly patienceMs: number;
}

const LIMITS: ExportLimits = { lines: MOST_EXPORTED_ROWS, patienceMs: 60_000 };

/** Sends lines as they come, no faster than they are taken, and asks for no more once the other side has gone. */
export class ExportStream {
  readonly #response: Response;
  readonly #log: Logger;
  readonly #limits: ExportLimits;
  readonly #gone = new AbortController();

  constructor(response: Response, log: Logger, limits = LIMITS) {
    this.#response = response;
    this.#log = log;
    this.#limits = limits;
    response.once('close', () => this.#gone.abort());
  }

  /**
   * Never throws: the answer is under way. A failure breaks it off, so that the download fails instead of looking whole.
   * @param batches of lines; in the first is the header, or nothing
   */
  async send(batches: AsyncIterable<readonly string[]>): Promise<void> {
    let lines = 0;
    let isHeader = true;
    try {
      for await (const batch of batches) {
        if (this.#gone.signal.aborted) return;
        if (!isHeader) lines += batch.length;
        isHeader = false;
        if (lines > this.#limits.lines) throw new Error(`there are more than ${this.#limits.lines} rows`);
        if (batch.length > 0 && !this.#response.write(batch.join(''))) await this.#taken();
        // Others are served in between; and whoever has gone is told of before more is read, or signed.
        await nextTurn();
        if (this.#gone.signal.aborted) return;
      }
      this.#response.end();
    } catch (error) {
      const isGone = this.#gone.signal.aborted;
      this.#response.destroy();
      const why = error instanceof Error ? error.message : String(error);
      if (!isGone) this.#log.warn('an export broke off', { lines, error: why });
    }
  }

  async #taken(): Promise<void> {
    const signal = AbortSignal.any([this.#gone.signal, AbortSignal.timeout(this.#limits.patienceMs)]);
    await once(this.#response, 'drain', { signal });
  }
}
