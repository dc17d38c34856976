import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SETUP_TOKEN, until } from './host-harness.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** A host as people start it: the built program in a process of its own. */
export class HostProcess {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(env: Readonly<Record<string, string>>) {
    const { PATH = '' } = process.env;
    this.#child = spawn(process.execPath, [MAIN], {
      env: {
        PATH,
        PORT: '0',
        CASTELLAN_ALLOW_HOSTS: '127.0.0.1',
        CASTELLAN_ALLOW_WEBHOOK_HOSTS: '127.0.0.1',
        CASTELLAN_SETUP_TOKEN: SETUP_TOKEN,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.#ended = once(this.#child, 'close');
  }

  /** The address, once it listens. */
  async url(): Promise<string> {
    const found = (): string | undefined => /"url":"([^"]+)"/.exec(this.stdout)?.[1];
    await until(() => found() !== undefined || this.#child.exitCode !== null, 40_000);
    const url = found();
    if (url === undefined) throw new Error(`the host did not start: ${this.stderr}`);
    return url;
  }

  /** Sends a signal, waits for the end and gives the exit code (`null`: killed). */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    return this.code();
  }

  async code(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }
}
