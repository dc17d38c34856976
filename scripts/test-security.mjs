/** `npm run test:security`: the tests of the attacks that docs/security.md lists; a listed attack without a test is a failure. */
import { rowsOf, runNumbered, verdictOn } from './numbered-tests.mjs';
import { install, turbo } from './workspace.mjs';

install();
turbo('build');
const { broken, testsOf } = runNumbered('X');
let bad = broken;
for (const { number, what } of rowsOf('security.md', 'X')) {
  const { isGood, verdict } = verdictOn(testsOf(number));
  if (!isGood) bad += 1;
  process.stdout.write(`X${String(number).padEnd(3)} ${verdict.padEnd(12)} ${what}\n`);
}
process.stdout.write(bad === 0 ? '\nall attacks refused\n' : `\n${bad} attacks are not refused, or not tested\n`);
process.exitCode = bad === 0 ? 0 : 1;
