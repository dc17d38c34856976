/** `npm run test:security`: the tests of the attacks that docs/security.md lists; a listed attack without a test is a failure. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandFailed, install, jest, root, turbo } from './workspace.mjs';

const TITLE = /^(?:.* )?X(\d+): /;
const listed = readFileSync(join(root, 'docs', 'security.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| X(\d+) \| (.+?) \|/.exec(line))
  .filter((row) => row !== null)
  .map(([, number, what]) => ({ number: Number(number), what }));

function results() {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-security-'));
  const file = join(folder, 'results.json');
  try {
    jest(['--json', `--outputFile=${file}`, '--testNamePattern=\\bX\\d+: ']);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

install();
turbo('build');
const { testResults, numRuntimeErrorTestSuites } = results();
const run = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status !== 'pending');
const of = (number) => run.filter(({ fullName }) => Number(TITLE.exec(fullName)?.[1]) === number);
let bad = numRuntimeErrorTestSuites;
for (const { number, what } of listed) {
  const tests = of(number);
  const failed = tests.filter(({ status }) => status !== 'passed').length;
  const verdict = tests.length === 0 ? 'NO TEST' : failed > 0 ? `${failed} FAILED` : `${tests.length} passed`;
  if (tests.length === 0 || failed > 0) bad += 1;
  process.stdout.write(`X${String(number).padEnd(3)} ${verdict.padEnd(12)} ${what}\n`);
}
process.stdout.write(bad === 0 ? '\nall attacks refused\n' : `\n${bad} attacks are not refused, or not tested\n`);
process.exitCode = bad === 0 ? 0 : 1;
