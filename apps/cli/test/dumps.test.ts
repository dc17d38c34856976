import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { castellan, type Ended, startSimulator } from './castellan.js';

/** The first line of the simulator, which is a configuration. */
interface Line {
  readonly config: { readonly auth: { readonly clientSecret: string } };
}

let folder: string;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-dumps-'));
  simulator = await startSimulator('--users', '20', '--groups', '3', '--apps', '2', '--seed', '7');
});
afterAll(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
});

function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const forms = [secret, encodeURIComponent(secret), bytes.toString('base64').slice(0, -4), bytes.toString('hex')];
  return [...forms, bytes.toString('base64url').slice(0, -4)];
}

test('X43: whatever a command prints or writes for somebody to look at, the secret is not in it', async () => {
  const config = join(folder, 'org.json');
  const state = join(folder, 'state.json');
  writeFileSync(config, simulator.line);
  const line: Line = JSON.parse(simulator.line);
  const { auth } = line.config;
  const wrong = join(folder, 'wrong.json');
  const other = { ...auth, clientSecret: `${auth.clientSecret} and more` };
  writeFileSync(wrong, JSON.stringify({ ...line, config: { ...line.config, auth: other } }));
  const env = { LOG_LEVEL: 'trace' };
  const ended: readonly Ended[] = [
    await castellan(['spec', 'okta'], { env }),
    await castellan(['check', 'okta', '--config', config, '--verbose'], { env }),
    await castellan(['check', 'okta', '--config', wrong, '--verbose'], { env }),
    await castellan(['sync', 'okta', '--config', config, '--state', state, '--plan', '--verbose'], { env }),
    await castellan(['sync', 'okta', '--config', wrong, '--verbose'], { env }),
  ];
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 1, 0, 1]);
  const said = ended.map(({ stdout, stderr }) => stdout + stderr).join('\n') + readFileSync(state, 'utf8');
  // That the logs of --verbose are among it.
  expect(said).toContain('http attempt');
  for (const form of spellings(auth.clientSecret)) expect(said).not.toContain(form);
}, 60_000);
