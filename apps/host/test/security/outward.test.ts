import type { ProblemBody } from '@castellan/api';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { settingsFor, temporaryFolder, TestHost } from '../host-harness.js';

const folder = temporaryFolder();
let host: TestHost;
let listener: Server;
let connections = 0;
let port = 0;
beforeAll(async () => {
  listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  port = await listen('::').catch(() => listen('0.0.0.0'));
  host = await TestHost.start(settingsFor(join(folder, 'outward'), { allowedHosts: [] }));
}, 60_000);
afterAll(async () => {
  await host.close();
  listener.close();
});

/** On every address of the machine: nothing can reach it unseen. */
function listen(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, address, () => {
      const bound = listener.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : 0);
    });
  });
}

async function tryDomain(domain: unknown): Promise<void> {
  const auth = { method: 'client_secret', clientId: '0oa1', clientSecret: 'the secret of an organisation' };
  const config = { domain, auth };
  for (const [path, body] of [
    ['/integrations', { connector: 'okta', config }],
    ['/connectors/okta/test', { config }],
  ] as const) {
    const answer = await host.api.post<ProblemBody>(path, body);
    expect([path, answer.status, answer.body.errors?.map(({ field }) => field)]).toEqual([path, 422, ['config.domain']]);
    expect(answer.body.detail.length).toBeGreaterThan(10);
    expect(JSON.stringify(answer.body)).not.toContain('the secret of an organisation');
  }
}

const INWARD = [
  '127.0.0.1',
  '[::1]',
  '[::]',
  '0',
  '127.1',
  '0x7f000001',
  '2130706433',
  '0177.0.0.1',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  'localhost',
  'localhost.',
  '169.254.169.254',
  '[::ffff:a9fe:a9fe]',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '[fd00::1]',
  '[64:ff9b::7f00:1]',
];

test.each(INWARD)('X5: the domain %s reaches nobody', async (address) => {
  for (const domain of [`https://${address}:${port}`, `http://${address}:${port}`, `https://${address}`])
    await tryDomain(domain);
  expect(connections).toBe(0);
});

test('X5: nor does the name of a service of a cloud, whatever it resolves to', async () => {
  const config = { domain: `https://metadata.google.internal`, auth: { method: 'api_token', token: '00secret' } };
  expect((await host.api.refused({ connector: 'okta', config })).status).toBe(422);
  expect(connections).toBe(0);
});

test.each([
  'https://acme.okta.com.evil.test',
  'https://acme.okta.com@evil.test',
  'https://acme.okta.com:x@evil.test',
  'https://acme.okta.com#.evil.test',
  'https://acme.okta.com?.evil.test',
  'https://acme.okta.com/.evil.test',
  'https://acme.okta.com\\.evil.test',
  'https://acme.okta.com:22',
  'http://acme.okta.com',
  'ftp://acme.okta.com',
  'https://acme.okta.com\n',
  'https://acme.okta.com\n.evil.test',
  'https://acme.okt\u0430.com',
  'https://acme.xn--okt-8cd.com',
  ['https://acme.okta.com'],
  { toString: 'https://acme.okta.com' },
])('X6: %j is not passed off as an organisation of Okta', async (domain) => {
  await tryDomain(domain);
});
