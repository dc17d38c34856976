import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../local/simulator.mjs';
import { stop } from '../workspace.mjs';

/**
 * A simulated organisation for each simulator that the command line knows. Each has a file with the line of `castellan simulate`
 * (`acme.json`), which is a `--config` for other commands, and remembers its port: an integration remembers the address.
 */
export class Simulators {
  #programs;
  #dataDir;
  #firstPort;
  /** By id: `{ workspace, child, file, line }`. */
  #running = new Map();

  /** @param firstPort of the first one; `undefined`: the ports of the last start, and free numbers from 4401 on */
  constructor(programs, dataDir, firstPort) {
    this.#programs = programs;
    this.#dataDir = dataDir;
    this.#firstPort = firstPort;
  }

  get running() {
    return [...this.#running.values()];
  }

  async startAll(workspaces) {
    for (const workspace of workspaces) await this.#start(workspace, this.#portFor(workspace.id));
  }

  /** With newer code. What was changed in it by hand is gone: it makes the same people again. */
  async restart(workspace) {
    const { child, line } = this.#running.get(workspace.id);
    await stop(child);
    await this.#start(workspace, Number(new URL(line.url).port));
  }

  async #start(workspace, port) {
    const { child, line } = await startSimulator(this.#programs, workspace.id, ['--port', String(port)]);
    const file = this.#fileOf(workspace.id);
    mkdirSync(this.#dataDir, { recursive: true, mode: 0o711 });
    const beside = `${file}.tmp`;
    writeFileSync(beside, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    renameSync(beside, file);
    this.#running.set(workspace.id, { workspace, child, file, line });
  }

  #fileOf(id) {
    return join(this.#dataDir, `${id}.json`);
  }

  #portFor(id) {
    const file = this.#fileOf(id);
    if (this.#firstPort === undefined && existsSync(file))
      return Number(new URL(JSON.parse(readFileSync(file, 'utf8')).url).port);
    const taken = this.running.map(({ line }) => Number(new URL(line.url).port));
    let port = this.#firstPort ?? 4401;
    while (taken.includes(port)) port += 1;
    return port;
  }
}
