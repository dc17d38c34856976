/** Style and boundaries: oxlint (rules and who may import whom), Biome (format), turbo (dependencies by tag), and our own checks. */
import { CommandFailed, run, tool } from './workspace.mjs';

const OUR_OWN = ['neutral-names', 'code-owners', 'licences'];
const steps = [
  () => run(tool('oxlint'), ['--deny-warnings']),
  () => run(tool('biome'), ['format', '.']),
  () => run(tool('turbo'), ['boundaries'], { env: { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }, quiet: true }),
  ...OUR_OWN.map((check) => () => run(process.execPath, [`scripts/checks/${check}.mjs`])),
];

// All of them, whatever one says: who repairs wants to see everything at once.
for (const step of steps) {
  try {
    step();
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    process.exitCode = 1;
  }
}
