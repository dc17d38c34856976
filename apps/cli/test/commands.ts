// Loaded by Node itself, see `castellan.ts`: inside of Jest an error of the file system is no `Error` to the commands.
import { Writable } from 'node:stream';
import { ended } from '../src/ended.js';
import type { ExitCode } from '../src/exit-code.js';
import { type Output, outputOf } from '../src/output.js';

export { act } from '../src/act/act.js';
export { verifyAudit } from '../src/audit/verify.js';
export { detect } from '../src/detect/detect.js';
export { check } from '../src/check/check.js';
export { keys } from '../src/keys/keys.js';
export { rotateKeys } from '../src/keys/rotate.js';
export { record } from '../src/record/record.js';
export { parseLimits, simulate } from '../src/simulate/simulate.js';
export { spec } from '../src/spec/spec.js';
export { sync } from '../src/sync/sync.js';

export interface Said {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls a command as the program does, with variables of its own. */
export async function call(
  work: (output: Output, signal: AbortSignal) => Promise<ExitCode>,
  env: NodeJS.ProcessEnv,
): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const into = (name: keyof typeof said): Writable =>
    new Writable({
      write: (chunk, _, done) => {
        said[name] += String(chunk);
        done();
      },
    });
  const output = outputOf(into('stdout'), into('stderr'));
  const { signal } = new AbortController();
  const whole = process.env;
  process.env = { PATH: whole['PATH'], ...env };
  try {
    return { code: await ended(work(output, signal), output, signal), ...said };
  } finally {
    process.env = whole;
  }
}
