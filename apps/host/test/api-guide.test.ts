import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { ADMINISTRATOR, settingsFor, temporaryFolder, TestHost } from './host-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

/** The client that docs/api.md shows, as a reader would start it. */
const CLIENT = fileURLToPath(new URL('../../../docs/examples/api-client.mjs', import.meta.url));
const { isGenuine }: { isGenuine: (secret: string, headers: Readonly<Record<string, string>>, body: string) => boolean } =
  await import('../../../docs/examples/webhook-signature.mjs' as string);

describe('the client of the guide', () => {
  const folder = temporaryFolder();
  let simulator: Simulator;
  let host: TestHost;

  beforeAll(async () => {
    // More accounts than two pages of the API hold.
    simulator = await startSimulator({ users: 450, groups: 12, apps: 5, events: 50, seed: 12 });
    host = await TestHost.start(settingsFor(folder));
  }, 60_000);

  let running: ChildProcess | undefined;

  afterAll(async () => {
    running?.kill();
    await host.close();
    await simulator.close();
  }, 30_000);

  test('connects, follows the sync, reads every account and is told by a signed event', async () => {
    const { email: EMAIL, password: PASSWORD } = ADMINISTRATOR;
    const { PATH = '' } = process.env;
    const env = { PATH, CASTELLAN_URL: host.host.url, EMAIL, PASSWORD };
    const client = spawn(process.execPath, [CLIENT], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    client.stdin.end(JSON.stringify({ url: simulator.url, config: simulator.config }));
    let wrong = '';
    client.stderr.on('data', (chunk: Buffer) => {
      wrong += chunk.toString();
    });
    running = client;
    const lines: string[] = [];
    const forged: number[] = [];
    for await (const line of createInterface(client.stdout)) {
      lines.push(line);
      const url = /^events are received at (\S+)$/.exec(line)?.[1];
      if (url !== undefined) forged.push(await postForged(url));
    }
    if (client.exitCode === null) await once(client, 'exit');

    expect({ wrong, code: client.exitCode }).toEqual({ wrong: '', code: 0 });
    const users = [...simulator.org.directory.users.values()];
    const active = users.filter(({ status }) => status === 'ACTIVE').length;
    expect(lines).toContain(`${users.length} accounts, ${active} of them active`);
    expect(lines).toContain('healthy: Everything was read.');
    expect(lines.at(-1)).toMatch(/^told by a signed event: the run is complete, \d+ rows are new$/);
    expect(forged).toEqual([401]);
    // What it made for itself is there, and the session that it began with is over.
    const keys = await host.api.get<{ readonly items: readonly { readonly name: string }[] }>('/api-keys');
    expect(keys.body.items.map(({ name }) => name)).toEqual(['api client']);
    const sessions = await host.api.get<{ readonly items: readonly unknown[] }>('/sessions');
    expect(sessions.body.items).toHaveLength(1);
  }, 60_000);

  test('the metrics that the operations guide names are those of a host', async () => {
    const { body } = await host.api.get<string>('/metrics');
    const served = [...body.matchAll(/^# HELP (castellan_\w+) /gm)].map(([, name]) => name);
    const guide = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const named = [...guide.matchAll(/^\| `(castellan_\w+)` \|/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(served.toSorted());
  });

  async function postForged(url: string): Promise<number> {
    const body = JSON.stringify({ type: 'run.finished', data: { state: 'forged', counts: { created: 0 } } });
    const response = await fetch(url, { method: 'POST', headers: signed(body, new Date(), OTHER), body });
    return response.status;
  }
});

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const BODY = '{"type":"webhook.test"}';

/** Signed by another program than ours. */
function signed(body: string, at = new Date(), secret = SECRET): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  return { 'webhook-id': 'a', 'webhook-timestamp': seconds, 'webhook-signature': new Webhook(secret).sign('a', at, body) };
}

describe('the check of a signature that the guide shows', () => {
  const good = signed(BODY);
  const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);

  test('takes what the standard signs, also between two secrets', () => {
    expect(isGenuine(SECRET, good, BODY)).toBe(true);
    const both = `${signed(BODY, new Date(), OTHER)['webhook-signature']} ${good['webhook-signature']}`;
    expect(isGenuine(SECRET, { ...good, 'webhook-signature': both }, BODY)).toBe(true);
    expect(isGenuine(SECRET, signed(BODY, ago(240)), BODY)).toBe(true);
  });

  test.each([
    ['another secret', signed(BODY, new Date(), OTHER), BODY],
    ['another body', good, `${BODY} `],
    ['another id', { ...good, 'webhook-id': 'b' }, BODY],
    ['an old delivery', signed(BODY, ago(360)), BODY],
    ['one from the future', signed(BODY, ago(-360)), BODY],
    ['a time that is none', { ...good, 'webhook-timestamp': 'now' }, BODY],
    ['no headers', {}, BODY],
    ['half a signature', { ...good, 'webhook-signature': (good['webhook-signature'] ?? '').slice(0, 20) }, BODY],
    ['another version', { ...good, 'webhook-signature': (good['webhook-signature'] ?? '').replace('v1,', 'v2,') }, BODY],
  ])('refuses %s', (_, headers, body) => {
    expect(isGenuine(SECRET, headers, body)).toBe(false);
  });
});
