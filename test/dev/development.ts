import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export interface Ports {
  readonly host: number;
  readonly simulator: number;
}

/** `npm run dev` in a checkout, as somebody sees it who sits in front of it. */
export class Development {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';
  #read = 0;

  constructor(
    readonly checkout: string,
    readonly ports: Ports,
    env: NodeJS.ProcessEnv = {},
  ) {
    this.#child = spawn(process.execPath, [join(checkout, 'scripts', 'dev.mjs')], {
      cwd: checkout,
      env: {
        PATH: process.env['PATH'],
        PORT: String(ports.host),
        CASTELLAN_DEMO_PORT: String(ports.simulator),
        CASTELLAN_ALLOW_HOSTS: '127.0.0.1',
        LOG_LEVEL: 'error',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
      });
    this.#ended = once(this.#child, 'close');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** All that it has said. */
  get said(): string {
    return this.#said;
  }

  /** Waits until it says something that it had not said when this was called last. */
  async says(pattern: RegExp): Promise<string> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = pattern.exec(this.#said.slice(this.#read));
      if (found !== null) {
        this.#read += found.index + found[0].length;
        return found[0];
      }
      if (this.#child.exitCode !== null || Date.now() > end)
        throw new Error(`it did not say ${pattern}, but:\n${this.#said.slice(this.#read)}`);
      await sleep(10);
    }
  }

  /** @returns the exit code */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal !== undefined && this.#child.exitCode === null) this.#child.kill(signal);
    await this.#ended;
    return this.#child.exitCode;
  }

  async signIn(): Promise<string> {
    const known: unknown = JSON.parse(readFileSync(join(this.checkout, '.castellan', 'dev', 'sign-in.json'), 'utf8'));
    const answer = await this.#fetch('/session', { method: 'POST', body: JSON.stringify(known) });
    return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  }

  async send(method: string, path: string, cookie: string, body?: unknown): Promise<unknown> {
    const answer = await this.#fetch(path, {
      method,
      headers: { cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return answer.json();
  }

  /** Its connections are not kept: a host that is replaced ends those that it has. */
  #fetch(path: string, { headers = {}, ...init }: RequestInit & { readonly headers?: Readonly<Record<string, string>> }) {
    const origin = `http://127.0.0.1:${this.ports.host}`;
    const all = { 'content-type': 'application/json', connection: 'close', origin, ...headers };
    return fetch(`${origin}/api${path}`, { ...init, headers: all });
  }
}
