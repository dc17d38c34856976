/**
 * `npm run test:faults [-- --few] [-- options of Jest]`: every scenario of docs/faults.md, at its full size (`--few`: as `npm test` does it), and the report
 * table in docs/faults-report.md. A scenario without a test is a failure.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { rowsOf, runNumbered, verdictOn } from './numbered-tests.mjs';
import { install, root, turbo } from './workspace.mjs';

const isWhole = !process.argv.includes('--few');
const options = process.argv.slice(2).filter((option) => option !== '--few');
const folder = mkdtempSync(join(tmpdir(), 'castellan-faults-'));
const notes = join(folder, 'seen.jsonl');
writeFileSync(notes, '');
if (isWhole) process.env.CASTELLAN_FAULTS = 'all';
process.env.CASTELLAN_FAULTS_SEEN = notes;

install();
turbo('build');
const { broken, testsOf } = runNumbered('R', options);
const seen = readFileSync(notes, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
rmSync(folder, { recursive: true });

let bad = broken;
const lines = rowsOf('faults.md', 'R').map(({ number, what }) => {
  const tests = testsOf(number);
  const { isGood, verdict } = verdictOn(tests);
  if (!isGood) bad += 1;
  process.stdout.write(`R${String(number).padEnd(3)} ${verdict.padEnd(12)} ${what}\n`);
  const seconds = Math.round(tests.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1_000);
  const figures = seen.filter(({ row }) => row === `R${number}`).map(({ text }) => text);
  return `| R${number} | ${what} | ${verdict} | ${figures.join('; ')} | ${seconds} |`;
});
// A part of it is no report.
if (options.length === 0) writeFileSync(join(root, 'docs', 'faults-report.md'), report(lines));
process.stdout.write(bad === 0 ? '\nall scenarios pass\n' : `\n${bad} scenarios do not pass, or have no test\n`);
process.exitCode = bad === 0 ? 0 : 1;

function report(rows) {
  const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  return [
    '# Faults: the report',
    '',
    `Written by \`npm run test:faults${isWhole ? '' : ' -- --few'}\` on ${new Date().toISOString().slice(0, 10)}: ${machine}. What each scenario is, and when it passes: [faults](faults.md).`,
    '',
    '| # | scenario | tests | seen | seconds |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
