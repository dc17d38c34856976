import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/castellan.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout, line by line. */
  readonly lines: readonly unknown[];
}

/** Runs the command as a user would: a process of its own, without the variables of this test run. */
export async function castellan(
  args: readonly string[],
  { input = '' as string | Uint8Array, env = {} as NodeJS.ProcessEnv, program = bin } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env['PATH'], ...env } });
  const chunks = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    chunks.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    chunks.stderr += text;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, ...chunks, lines: linesOf(chunks.stdout) };
}

declare global {
  /** Of the environment of the tests: a module that all files of a worker share. A path is seen from `test`. */
  var loadOnce: (specifier: string) => Promise<unknown>;
}

export type Commands = typeof import('./commands.js');
// The types name the modules beside them: `loadOnce` knows none.
const loaded = (await loadOnce('./commands.ts')) as Commands;
export const commands: Omit<Commands, 'call'> = loaded;
/** A simulator in this process, which costs a tenth of `startSimulator`: for whatever is not about the command `simulate`. */
export const { startSimulator: simulatorHere } = (await loadOnce(
  '@castellan/okta-simulator',
)) as typeof import('@castellan/okta-simulator');

/**
 * The same for what does not depend on the process: a command as the program calls it, without the second that the program
 * takes to start. How a command is typed, its pipes and its signals are left to `castellan`.
 */
export async function inProcess(
  work: Parameters<Commands['call']>[0],
  { env = {} as NodeJS.ProcessEnv, call = loaded.call } = {},
): Promise<Ended> {
  const said = await call(work, env);
  return { ...said, lines: linesOf(said.stdout) };
}

function linesOf(stdout: string): readonly unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

/** A simulator as `castellan simulate` starts it. */
export async function startSimulator(...args: string[]) {
  const child = spawn(process.execPath, [bin, 'simulate', 'okta', ...args], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [first] = await once(createInterface(child.stdout), 'line');
  return {
    line: String(first),
    said: () => stderr,
    stop: async (): Promise<number | null> => {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGINT');
      const [code] = await once(child, 'exit');
      return code;
    },
  };
}
