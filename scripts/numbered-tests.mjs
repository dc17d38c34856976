/** Tests whose titles begin with a number of a table in the documentation: `X31: ...`, `R6: ...`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandFailed, jest, root } from './workspace.mjs';

/** The rows of a table of `docs/FILE`: `| X31 | what |`. */
export function rowsOf(file, letter) {
  return readFileSync(join(root, 'docs', file), 'utf8')
    .split('\n')
    .map((line) => new RegExp(String.raw`^\| ${letter}(\d+) \| (.+?) \|`).exec(line))
    .filter((row) => row !== null)
    .map(([, number, what]) => ({ number: Number(number), what }));
}

/** Runs the tests with such a number. @returns of each row its tests, and how many suites could not run at all */
export function runNumbered(letter, options = []) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-numbered-'));
  const file = join(folder, 'results.json');
  try {
    jest(['--json', `--outputFile=${file}`, ...options, `--testNamePattern=\\b${letter}\\d+: `]);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
  }
  try {
    const { testResults, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
    const title = new RegExp(String.raw`^(?:.* )?${letter}(\d+): `);
    const run = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status !== 'pending');
    return {
      broken: numRuntimeErrorTestSuites,
      testsOf: (number) => run.filter(({ fullName }) => Number(title.exec(fullName)?.[1]) === number),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `NO TEST`, `2 FAILED`, `3 passed`. */
export function verdictOn(tests) {
  const failed = tests.filter(({ status }) => status !== 'passed').length;
  if (tests.length === 0) return { isGood: false, verdict: 'NO TEST' };
  return failed > 0 ? { isGood: false, verdict: `${failed} FAILED` } : { isGood: true, verdict: `${tests.length} passed` };
}
