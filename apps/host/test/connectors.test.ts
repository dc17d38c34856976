import { type ConnectionReport, defineConnector } from '@castellan/connector-sdk';
import { TextField } from '@castellan/form-schema';
import { ConnectorCatalogue } from '@castellan/sync-engine';
import { connectorDetail } from '../src/connectors/connector-views.js';
import type { ConnectionTester } from '../src/connectors/connection-tester.js';
import { ConnectorDesk } from '../src/connectors/connector-desk.js';
import { settingsFor, temporaryFolder, TestHost } from './host-harness.js';
import { apiKey } from './security/workspace-people.js';
import { type Simulator, startSimulator } from './simulator.js';

class PlainSettings {
  @TextField({ label: 'Name', optional: true }) readonly name?: string;
}

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;

beforeAll(async () => {
  simulator = await startSimulator({ users: 10, groups: 4, apps: 3, events: 20, seed: 6 });
  host = await TestHost.start(settingsFor(folder));
}, 60_000);

afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

interface Keys {
  readonly publicJwk: Record<string, string>;
  readonly privateKey: string;
  readonly nextSteps: readonly string[];
}

test.each([{}, { algorithm: 'RS256' }, { algorithm: 'ES256' }])(
  'a key pair for %j works, and its secret is in the answer only',
  async (input) => {
    const response = await host.api.send('POST', '/connectors/okta/keys', input);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { publicJwk, privateKey, nextSteps } = (await response.json()) as Keys;
    expect(publicJwk).toMatchObject({ alg: input.algorithm ?? 'RS256', kid: expect.any(String) });
    expect(publicJwk).not.toHaveProperty('d');
    expect(nextSteps.length).toBeGreaterThan(2);
    simulator.addClientKey({ ...publicJwk, kid: String(publicJwk['kid']) });
    const { clientId } = simulator.credentials.privateKey;
    const config = { domain: simulator.url, auth: { method: 'private_key', clientId, privateKey } };
    const { body } = await host.api.post<ConnectionReport>('/connectors/okta/test', { config });
    expect(body.checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(host.lines.join('\n')).not.toContain(JSON.parse(privateKey).d);
  },
);

test.each([
  [{ algorithm: 'HS256' }, 400, 'algorithm'],
  [{ algorithm: 'ES256', clientId: 'x' }, 400, 'clientId'],
  [[], 400, ''],
])('%j is no request for a key', async (input, status, field) => {
  expect(await host.api.post('/connectors/okta/keys', input)).toMatchObject({ status, body: { errors: [{ field }] } });
});

test('a request for a key without a body is one for the usual key; a body that is no JSON is no such request', async () => {
  const url = `${host.api.url}/api/connectors/okta/keys`;
  const usual = await fetch(url, { method: 'POST', headers: host.api.credentials });
  expect(usual.status).toBe(200);
  expect(await usual.json()).toMatchObject({ publicJwk: { alg: 'RS256' } });
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const other = await fetch(url, {
      method: 'POST',
      headers: { ...host.api.credentials, 'content-type': type },
      body: '{"algorithm":"ES256"}',
    });
    expect(other.status).toBe(415);
    expect(await other.json()).toMatchObject({ type: 'urn:castellan:problem:unsupported-media-type' });
  }
});

test('an unknown connector makes no keys', async () => {
  expect(await host.api.post('/connectors/none/keys', {})).toMatchObject({ status: 404, body: { errors: [{ field: 'id' }] } });
});

test('a connector that does not use keys says so', async () => {
  const connector = defineConnector({
    id: 'plain',
    displayName: 'Plain',
    config: PlainSettings,
    connect: () => undefined,
    probe: () => Promise.reject(new Error('not asked')),
    streams: [],
  });
  const entry = { status: 'available', id: 'plain', packageName: 'plain', connector } as const;
  expect(connectorDetail(entry)).toMatchObject({ makesKeys: false, kinds: [] });
  const catalogue = new ConnectorCatalogue([entry]);
  // The tester is not asked for anything here.
  const desk = new ConnectorDesk(catalogue, {} as ConnectionTester, {});
  await expect(desk.makeKeyPair(desk.connector('plain', 'id'), 'RS256')).rejects.toMatchObject({ body: { status: 404 } });
});

test('what was changed in the settings is said when they are tried and when they are kept', async () => {
  const config = { ...simulator.config, excludeGroups: 'Test*\nTest*' };
  const hints = [{ field: 'config.excludeGroups', message: expect.stringMatching(/^One entry was in the list already/) }];
  expect(await host.api.post('/connectors/okta/test', { config })).toMatchObject({ status: 200, body: { hints } });
  const created = await host.api.post<{ readonly id: string }>('/integrations', { connector: 'okta', config });
  expect(created).toMatchObject({ status: 201, body: { hints, config: { excludeGroups: ['Test*'] } } });
  // What is stored is what was meant: there is nothing to say any more.
  expect(await host.api.post(`/integrations/${created.body.id}/test`)).toMatchObject({ status: 200, body: { hints: [] } });
});

test('an organisation that is connected already may be connected again, and whoever does it is told', async () => {
  const { config } = simulator;
  const [{ name = '' } = {}] = (await host.api.get<{ readonly items: readonly { readonly name: string }[] }>('/integrations'))
    .body.items;
  const hints = [{ field: 'config', message: expect.stringContaining(`connected already, as "${name}"`) }];
  expect(await host.api.post('/connectors/okta/test', { config })).toMatchObject({ status: 200, body: { hints } });
  expect(await host.api.post('/integrations', { connector: 'okta', config })).toMatchObject({ status: 201, body: { hints } });
  // A key that may not see what there is learns no name.
  const blind = await apiKey(host.api, ['integrations:manage']);
  const nameless = [{ field: 'config', message: expect.stringContaining('connected already. A second') }];
  expect(await blind.post('/connectors/okta/test', { config })).toMatchObject({ status: 200, body: { hints: nameless } });
  // Nobody learns from a test what another workspace has.
  const other = await host.api.post<{ readonly id: string }>('/workspaces', { name: 'Other' });
  const key = await host.api.post<{ readonly key: string }>(`/workspaces/${other.body.id}/api-keys`, {
    name: 'product',
    scopes: ['integrations:manage'],
  });
  const foreign = host.api.withKey(key.body.key);
  expect(await foreign.post('/connectors/okta/test', { config })).toMatchObject({ status: 200, body: { hints: [] } });
});
