import { join } from 'node:path';
import { ADMINISTRATOR, Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';

const folder = temporaryFolder();
/** Ten tries are counted for an account, so each round has accounts of its own. */
const ROUNDS = { least: 100, most: 400 };
const KINDS = ['active', 'disabled', 'invited'] as const;
let host: TestHost;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(join(folder, 'timing'), { trustedProxies: ['127.0.0.1'] }));
  for (const kind of KINDS) {
    await host.query(
      `INSERT INTO users (workspace_id, email, email_key, name, role, password_hash, password_changed_at, disabled_at)
       SELECT u.workspace_id, '${kind}' || n || '@castellan.test', '${kind}' || n || '@castellan.test', 'x', 'viewer',
         ${kind === 'invited' ? 'NULL, NULL' : 'u.password_hash, now()'}, ${kind === 'disabled' ? 'now()' : 'NULL'}
       FROM users u, generate_series(0, ${ROUNDS.most - 1}) n WHERE u.email = '${ADMINISTRATOR.email}'`,
    );
  }
}, 60_000);
afterAll(() => host.close());

/** How long a wrong password takes. @param from each try has a network of its own: those are counted, too */
async function tryOf(email: string, from: number): Promise<number> {
  const api = new Api(host.host.url, { 'x-forwarded-for': `198.18.${from >> 8}.${from & 255}` });
  const began = performance.now();
  const { status } = await api.ask('POST', '/session', { email, password: 'not the password' });
  const ms = performance.now() - began;
  expect(status).toBe(401);
  return ms;
}

/** Of the middle half: a pause of the machine says nothing about an account. */
function trimmedMean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 4);
  const middle = values.toSorted((one, other) => one - other).slice(cut, values.length - cut);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

test('X17: nor does the time tell who exists, who is disabled and who has no password', async () => {
  const times = new Map<string, number[]>(['nobody', ...KINDS].map((kind) => [kind, []]));
  const means = (): readonly number[] => [...times.values()].map(trimmedMean);
  const spread = (): number => Math.max(...means()) - Math.min(...means());
  let from = 0;
  // On a machine that is busy it takes more of them until chance has averaged out; what tells something stays.
  for (let round = 0; round < ROUNDS.least || (round < ROUNDS.most && spread() >= 5); round += 1) {
    // Each kind comes first, second, ... equally often.
    const order = [...times].map((_, index, all) => all[(index + round) % all.length]);
    for (const [kind, measured] of order.filter((entry) => entry !== undefined)) {
      from += 1;
      measured.push(await tryOf(`${kind}${round}@castellan.test`, from));
    }
  }
  expect(means()).toHaveLength(4);
  // A hash takes some 14 ms: without one for those whom nobody knows the difference is three times as much.
  expect(Math.min(...means())).toBeGreaterThan(5);
  expect(spread()).toBeLessThan(5);
}, 240_000);
