/** `npm run bench -- NAME`: measurements, as ratios within one run. Progress on stderr, one JSON object on stdout. */
import { readdirSync } from 'node:fs';
import { install, root, run, turbo } from './workspace.mjs';

const names = readdirSync(new URL('../bench/', import.meta.url))
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''));
const [name, ...args] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Usage: npm run bench -- NAME. Benchmarks: ${names.join(', ')}.\n`);
  process.exit(2);
}
install();
turbo('build');
run(process.execPath, [`${root}/bench/${name}.bench.mjs`, ...args]);
