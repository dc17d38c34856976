import { once } from 'node:events';
import { start, stop } from '../workspace.mjs';

/** What a command has started: ended in the opposite order, once, by the end of the work or by a signal. */
export class Programs {
  /** Newest last. */
  #ends = [];
  #stopping;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void this.stopAll());
  }

  get isStopping() {
    return this.#stopping !== undefined;
  }

  /** @throws when everything is being ended: whatever has just been opened is closed again, and the command goes no further. */
  async add(end) {
    if (this.isStopping) {
      await end();
      throw new Error('stopped');
    }
    this.#ends.push(end);
  }

  /** A program of this repository, by its file. */
  async start(file, args, options) {
    const child = start(file, args, options);
    await this.add(() => stop(child));
    return child;
  }

  /** Safe to call twice. What was started last may need what was started before it: a host gives its runs back to a database that lives. */
  stopAll() {
    this.#stopping ??= this.#endAll();
    return this.#stopping;
  }

  async #endAll() {
    for (const end of this.#ends.toReversed()) await end();
  }
}

/** Rejects when the program ends, for whoever waits for a sign of life from it. */
export async function gone(child, name) {
  const [code] = await once(child, 'exit');
  throw new Error(`${name} ended with code ${code}; the lines above say why. PORT and CASTELLAN_DEMO_PORT choose other ports.`);
}
