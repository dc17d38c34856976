/** Style and boundaries: oxlint (rules and who may import whom), Biome (format), turbo (dependencies by tag), and our own checks. */
import { run, tool } from './workspace.mjs';

run(tool('oxlint'), ['--deny-warnings']);
run(tool('biome'), ['format', '.']);
run(tool('turbo'), ['boundaries'], { env: { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }, quiet: true });
for (const check of ['neutral-names', 'code-owners', 'licences']) run(process.execPath, [`scripts/checks/${check}.mjs`]);
