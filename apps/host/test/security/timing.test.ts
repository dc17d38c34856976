import { join } from 'node:path';
import { ADMINISTRATOR, Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';

const folder = temporaryFolder();
/** Ten tries are counted for an account, so each round has accounts of its own. */
const ROUNDS = 40;
const KINDS = ['active', 'disabled', 'invited'] as const;
let host: TestHost;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(join(folder, 'timing'), { trustedProxies: ['127.0.0.1'] }));
  for (const kind of KINDS) {
    await host.query(
      `INSERT INTO users (workspace_id, email, email_key, name, role, password_hash, password_changed_at, disabled_at)
       SELECT u.workspace_id, '${kind}' || n || '@castellan.test', '${kind}' || n || '@castellan.test', 'x', 'viewer',
         ${kind === 'invited' ? 'NULL, NULL' : 'u.password_hash, now()'}, ${kind === 'disabled' ? 'now()' : 'NULL'}
       FROM users u, generate_series(0, ${ROUNDS - 1}) n WHERE u.email = '${ADMINISTRATOR.email}'`,
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

/** Without the tenth at either end: a pause of the machine says nothing about an account. */
function trimmedMean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 10);
  const middle = values.toSorted((one, other) => one - other).slice(cut, values.length - cut);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

test('X17: nor does the time tell who exists, who is disabled and who has no password', async () => {
  const times: Record<string, number[]> = { nobody: [], active: [], disabled: [], invited: [] };
  let from = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    // Each kind comes first, second, ... equally often.
    const order = ['nobody', ...KINDS].map((_, index, all) => all[(index + round) % all.length] ?? '');
    for (const kind of order) {
      from += 1;
      times[kind]?.push(await tryOf(`${kind}${round}@castellan.test`, from));
    }
  }
  const means = Object.values(times).map(trimmedMean);
  expect(means).toHaveLength(4);
  // A hash takes some 14 ms, on a busy machine more: without one the difference would be nearly all of the time.
  expect(Math.min(...means)).toBeGreaterThan(5);
  expect(Math.max(...means) - Math.min(...means)).toBeLessThan(Math.max(5, Math.min(...means) / 3));
}, 60_000);
