/** Rows a second through the page commit against COPY of the same rows into the same tables, in turn on one server. */
import { ingest } from '../packages/storage/bench/ingest.mjs';
import { note } from './stack.mjs';

const [times = 3, page = 500] = process.argv.slice(2).map(Number);
const runs = [];
for (let round = 1; round <= times; round += 1) {
  runs.push(await ingest({ page }));
  note(`${round}/${times}: ${JSON.stringify(runs.at(-1))}`);
}
const ratios = runs.map((run) => run.ratio).toSorted((a, b) => a - b);
const median = ratios[Math.floor(ratios.length / 2)];
process.stdout.write(`${JSON.stringify({ benchmark: 'ingest', page, ratio: median, runs })}\n`);
