/**
 * Ends a check: every problem on a line of stderr, what to do about them, exit code 1. Without problems nothing is said.
 * @param wayOut one sentence
 */
export function verdict(problems, wayOut) {
  if (problems.length === 0) return;
  process.stderr.write(`${problems.join('\n')}\n${wayOut}\n`);
  process.exitCode = 1;
}
