/** What the commands of the root have in common: install when needed, build, run a program of this repository. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const modules = new URL('../node_modules/', import.meta.url);

/** Runs a program to its end with its output shown; throws when it fails. */
export function run(command, args, { env = {}, quiet = false } = {}) {
  const options = {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: quiet ? 'pipe' : 'inherit',
    shell: process.platform === 'win32',
  };
  const { status, error, stdout, stderr } = spawnSync(command, args, options);
  if (error !== undefined) throw error;
  if (status === 0) return;
  if (quiet) process.stderr.write(Buffer.concat([stdout, stderr]));
  throw new CommandFailed(`${command} ${args.join(' ')} ended with ${status}`);
}

/** Runs programs of this repository side by side; the output of each is shown in one piece when it ends. @returns those that failed */
export async function runTogether(programs) {
  const runs = programs.map(async ([file, ...args]) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    const [status] = await once(child, 'close');
    process.stderr.write(`\n== ${[file, ...args].join(' ')}\n`);
    process.stderr.write(Buffer.concat(output));
    return status === 0 ? [] : [file];
  });
  return (await Promise.all(runs)).flat();
}

export class CommandFailed extends Error {}

/** A program that a package of node_modules brings, without npx: nothing is ever fetched at this point. */
export function tool(name) {
  return fileURLToPath(new URL(`.bin/${name}`, modules));
}

export function install() {
  const installed = new URL('.package-lock.json', modules);
  const lock = new URL('../package-lock.json', import.meta.url);
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stderr.write('Installing the dependencies (npm ci) ...\n');
  // The lockfile says exactly what is wanted, so what npm knows of a package need not be asked for again.
  run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']);
}

const quietTurbo = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_UI: 'false' };

export function turbo(...tasks) {
  run(tool('turbo'), ['run', ...tasks, '--output-logs=errors-only', '--log-order=grouped'], { env: quietTurbo });
}

/** The suites. Node's VM modules run our ESM sources inside Jest; the warning that they are experimental says nothing new. */
export function jest(args) {
  const options = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`;
  run(process.execPath, [fileURLToPath(new URL('jest/bin/jest.js', modules)), ...args], { env: { NODE_OPTIONS: options } });
}

/** Starts a long-running program in a process group of its own: Ctrl-C reaches us, and we end it in order. */
export function start(file, args, { env = {}, stdio = ['ignore', 'inherit', 'inherit'] } = {}) {
  return spawn(process.execPath, [fileURLToPath(new URL(`../${file}`, import.meta.url)), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio,
    detached: true,
  });
}

/** Asks a program to end and waits; after `patienceMs` it is killed. */
export async function stop(child, patienceMs = 15_000) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(timer);
}
