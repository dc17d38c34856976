import type { NextFunction, Request, Response } from 'express';

/** Requests at work. When the host stops it waits for them, so that a caller gets the answer to what was done for him. */
export class OpenRequests {
  #open = 0;
  #draining = false;
  #idle: (() => void) | undefined;

  readonly count = (_request: Request, response: Response, next: NextFunction): void => {
    this.#open += 1;
    // A kept connection would bring the next request to a host that is gone.
    if (this.#draining) response.setHeader('connection', 'close');
    response.once('close', () => this.#ended());
    next();
  };

  /** Until no request is at work, at most `patienceMs`. */
  async drain(patienceMs: number): Promise<void> {
    this.#draining = true;
    if (this.#open === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      this.#idle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #ended(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#idle?.();
  }
}
