import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, relative } from 'node:path';
import { root, tool } from '../workspace.mjs';
import { dependents } from './workspaces.mjs';

/**
 * Checks the types of what was changed, beside the running code: a check takes seconds, and half-done work is worth a try
 * before its types are right. One at a time; a newer change ends the check of an older one, and takes its packages along.
 */
export class Types {
  #workspaces;
  #say;
  /** Names of packages whose check is due. */
  #due = new Set();
  /** Packages that were wrong when they were last looked at. */
  #wrong = new Set();
  #child;
  /** By a newer change, or by the end. */
  #isInterrupted = false;
  #work;
  #isStopping = false;

  constructor(workspaces, say) {
    this.#workspaces = workspaces;
    this.#say = say;
  }

  check(changed) {
    for (const { name } of changed) this.#due.add(name);
    this.#interrupt();
    this.#work ??= this.#checkDue().finally(() => {
      this.#work = undefined;
    });
  }

  /** Nothing is due any more. */
  async idle() {
    await this.#work;
  }

  async stop() {
    this.#isStopping = true;
    this.#interrupt();
    await this.#work;
  }

  #interrupt() {
    if (this.#child === undefined) return;
    this.#isInterrupted = true;
    // `tsc` is a small program that waits for a large one: both are one group.
    if (process.platform === 'win32') this.#child.kill();
    else process.kill(-this.#child.pid, 'SIGTERM');
  }

  async #checkDue() {
    while (this.#due.size > 0 && !this.#isStopping) {
      const [workspace] = dependents(this.#workspaces, this.#due).filter(({ name }) => this.#due.has(name));
      const before = declarationsOf(workspace);
      this.#due.delete(workspace.name);
      const { code, output } = await this.#compile(workspace);
      if (this.#isInterrupted) this.#due.add(workspace.name);
      else this.#tell(workspace, code, output);
      if (declarationsOf(workspace) === before) continue;
      // What others see of it has changed: they may be wrong now.
      for (const { name, compiler } of dependents(this.#workspaces, new Set([workspace.name])))
        if (name !== workspace.name && compiler !== undefined) this.#due.add(name);
    }
  }

  #tell({ name, folder }, code, output) {
    if (code !== 0) {
      this.#wrong.add(name);
      this.#say(`the types of ${relative(root, folder)} are wrong; the code runs all the same:\n${output.trimEnd()}`);
    } else if (this.#wrong.delete(name)) this.#say(`the types of ${relative(root, folder)} are right again`);
  }

  /** Declarations only: the code itself is there already, and must not be replaced while a program reads it. */
  #compile({ folder }) {
    const pretty = String(process.stderr.isTTY === true);
    const args = [
      '-p',
      join(folder, 'tsconfig.build.json'),
      '--emitDeclarationOnly',
      '--sourceMap',
      'false',
      '--pretty',
      pretty,
    ];
    const isWindows = process.platform === 'win32';
    const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: isWindows, detached: !isWindows };
    const child = spawn(tool('tsc'), args, options);
    this.#child = child;
    this.#isInterrupted = false;
    // The next save must not wait for the last one's types.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    return new Promise((resolve) => {
      const end = (code) => {
        this.#child = undefined;
        resolve({ code, output });
      };
      child.once('error', (error) => {
        output += error.message;
        end(1);
      });
      child.once('close', end);
    });
  }
}

/** A fingerprint of what other packages see. */
function declarationsOf({ folder }) {
  const dist = join(folder, 'dist');
  const files = existsSync(dist) ? readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.d.ts')) : [];
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(file).update(readFileSync(join(dist, file)));
  return hash.digest('hex');
}
