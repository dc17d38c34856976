import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the system has it; `undefined`: nowhere. Redis comes with no npm package. */
export function redisProgram() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** One of a test's own: on this machine alone, in memory alone. Ended by whoever has started it. */
export class RedisServer {
  #process;
  #port;

  static async start() {
    const server = new RedisServer();
    server.#port = await freePort();
    await server.begin();
    return server;
  }

  get url() {
    return `redis://127.0.0.1:${this.#port}/0`;
  }

  /** Also again, at the same address, after `kill`: what it knew is gone. */
  async begin() {
    const args = ['--bind', '127.0.0.1', '--port', String(this.#port), '--save', '', '--appendonly', 'no'];
    this.#process = spawn(redisProgram() ?? 'redis-server', [...args, '--maxmemory-policy', 'noeviction'], { stdio: 'pipe' });
    let said = '';
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream.on('data', (text) => (said += text));
    for (let tries = 0; !said.includes('Ready to accept connections'); tries += 1) {
      if (tries > 200 || this.#process.exitCode !== null) throw new Error(`Redis did not start: ${said}`);
      await sleep(50);
    }
  }

  async kill(signal = 'SIGKILL') {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill(signal);
    await ended;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
