/** `npm test`: install, build, type-check, lint, every suite. The last line says `N passed, N failed`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CommandFailed, install, jest, runTogether, turbo } from './workspace.mjs';

const steps = [
  ['install', () => install()],
  ['build and type-check', () => turbo('build', 'typecheck')],
];

/** Of what is built: style and layers, the types of the tests of the repository itself, packages as others would install them. */
const CHECKS = [
  ['scripts/lint.mjs'],
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['scripts/checks/packed.mjs'],
  ['scripts/snapshots.mjs', '--check'],
];

/** Runs Jest on all packages, or on what the command line names, and gives back its counts. */
function suites(args) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'));
  const results = join(folder, 'results.json');
  try {
    jest(['--json', `--outputFile=${results}`, '--silent=false', ...args]);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
  }
  try {
    return JSON.parse(readFileSync(results, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of each failed test its file, its name and the beginning of what was said: at the end, where nobody has to look for it. */
function failuresIn({ testResults }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const tests = assertionResults.filter(({ status }) => status === 'failed');
    if (tests.length > 0)
      return tests.map((test) => `FAILED ${file}: ${test.fullName}\n  ${beginningOf(test.failureMessages[0] ?? '')}`);
    return assertionResults.length === 0 && message ? [`FAILED ${file}\n  ${beginningOf(message)}`] : [];
  });
}

const beginningOf = (text) => stripVTControlCharacters(text).replaceAll(/\s+/g, ' ').trim().slice(0, 300);

let passed = 0;
let failed = 0;
try {
  for (const [name, step] of steps) {
    process.stderr.write(`\n== ${name}\n`);
    step();
    passed += 1;
  }
  process.stderr.write('\n== checks, side by side\n');
  const wrong = await runTogether(CHECKS);
  if (wrong.length > 0) throw new CommandFailed(`wrong: ${wrong.join(', ')}`);
  passed += CHECKS.length;
  process.stderr.write('\n== suites\n');
  const counts = suites(process.argv.slice(2));
  passed += counts.numPassedTests;
  // A suite that does not even load has no failed test of its own.
  failed += counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  for (const line of failuresIn(counts)) process.stdout.write(`${line}\n`);
  if (counts.numTotalTests === 0) failed += 1;
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error;
  process.stderr.write(`${error.message}\n`);
  failed += 1;
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
