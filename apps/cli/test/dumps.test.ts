import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { castellan, commands, type Ended, inProcess, simulatorHere } from './castellan.js';

let folder: string;
let simulator: Awaited<ReturnType<typeof simulatorHere>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-dumps-'));
  simulator = await simulatorHere({ users: 20, groups: 3, apps: 2, seed: 7 });
});
afterAll(async () => {
  await simulator.close();
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
  const { url, config: settings } = simulator;
  writeFileSync(config, JSON.stringify({ url, config: settings }));
  const { auth } = settings;
  const wrong = join(folder, 'wrong.json');
  const other = { ...auth, clientSecret: `${auth.clientSecret} and more` };
  writeFileSync(wrong, JSON.stringify({ url, config: { ...settings, auth: other } }));
  const verbose = true;
  const env = { LOG_LEVEL: 'trace' };
  // One that goes well and one that fails as the program, which could print what no command does.
  const ended: readonly Ended[] = [
    await inProcess((output) => commands.spec('okta', output), { env }),
    await inProcess((output, signal) => commands.check('okta', { config, verbose }, output, signal), { env }),
    await castellan(['check', 'okta', '--config', wrong, '--verbose'], { env }),
    await castellan(['sync', 'okta', '--config', config, '--state', state, '--plan', '--verbose'], { env }),
    await inProcess((output, signal) => commands.sync('okta', { config: wrong, verbose }, output, signal), { env }),
  ];
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 1, 0, 1]);
  const said = ended.map(({ stdout, stderr }) => stdout + stderr).join('\n') + readFileSync(state, 'utf8');
  // That the logs of --verbose are among it.
  expect(said).toContain('http attempt');
  for (const form of spellings(auth.clientSecret)) expect(said).not.toContain(form);
}, 60_000);
