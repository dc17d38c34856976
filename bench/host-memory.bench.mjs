/** Peak memory of the host when it syncs 10,000 and 100,000 users: the ratio says whether memory grows with the org. */
import { note, startHost, startSimulator, temporaryFolder, untilSynced } from './stack.mjs';

const sizes = process.argv.slice(2).length > 0 ? process.argv.slice(2).map(Number) : [10_000, 100_000];
const results = [];
for (const users of sizes) {
  const folder = temporaryFolder();
  const simulator = await startSimulator([
    '--users',
    String(users),
    '--groups',
    String(Math.round(users / 40)),
    '--apps',
    '100',
    '--limits',
    'off',
  ]);
  const host = await startHost(folder.path, simulator.url);
  try {
    const started = performance.now();
    const { id } = await host.call('POST', '/integrations', { connector: 'okta', config: simulator.config });
    const run = await untilSynced(host, id);
    const seconds = (performance.now() - started) / 1000;
    const { counts } = await host.call('GET', `/integrations/${id}`);
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
    results.push({
      users,
      state: run.state,
      rows,
      seconds: Math.round(seconds),
      peakMegabytes: Math.round(host.peakMemory() / 2 ** 20),
    });
    note(JSON.stringify(results.at(-1)));
  } finally {
    await host.stop();
    await simulator.stop();
    folder.remove();
  }
}
const [small, large] = [results[0], results.at(-1)];
process.stdout.write(
  `${JSON.stringify({ benchmark: 'host-memory', results, ratio: Number((large.peakMegabytes / small.peakMegabytes).toFixed(2)) })}\n`,
);
