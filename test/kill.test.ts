import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A small turn of `npm run bench -- kill`: real processes, SIGKILL, and the stored rows of both runs compared. */
test('a host that is killed in mid-sync and restarted stores what an undisturbed one stores', () => {
  const env = { ...process.env, NODE_OPTIONS: '', CASTELLAN_LEASE_MS: '1500' };
  const { stdout, stderr } = spawnSync(process.execPath, ['bench/kill.bench.mjs', '1', '150'], {
    cwd: root,
    env,
    encoding: 'utf8',
    // A benchmark that hangs must not take the suite along.
    timeout: 110_000,
  });
  expect({ stderr, ...JSON.parse(stdout || '{}') }).toMatchObject({ benchmark: 'kill', times: 1, equal: 1, resumed: 1 });
  expect(JSON.parse(stdout).rows).toBeGreaterThan(1_500);
}, 120_000);
