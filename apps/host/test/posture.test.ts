import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFor, temporaryFolder, TestHost } from './host-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const SIX = ['users', 'groups', 'apps', 'roles', 'idps', 'logs'].map((area) => `okta.${area}.read`);
const SKIPPED = [
  'network-zones',
  'sign-in-methods',
  'api-tokens',
  'app-grants',
  'log-streams',
  'threat-insight',
  'organisation',
  'support-access',
  'third-party-administrators',
  'new-programs',
];

const dataDir = temporaryFolder();
let objects: string;
let simulator: Simulator;
let host: TestHost;

beforeAll(async () => {
  objects = mkdtempSync(join(tmpdir(), 'castellan-objects-'));
  const write = (file: string, rows: readonly object[]): void =>
    writeFileSync(join(objects, file), rows.map((row) => JSON.stringify(row)).join('\n'));
  write('users.jsonl', [{ parent: null, object: { id: 'u1', status: 'ACTIVE', profile: { login: 'ada@example.com' } } }]);
  write('policies.jsonl', [
    { parent: null, object: { id: 'p1', type: 'PASSWORD', name: 'Default', status: 'ACTIVE' } },
    { parent: null, object: { id: 'p2', type: 'ACCESS_POLICY', name: 'Apps', status: 'ACTIVE' } },
  ]);
  write('policy-rules.jsonl', [
    { parent: 'p2', object: { id: 'r1', name: 'All', actions: { appSignOn: { access: 'ALLOW' } } } },
  ]);
  simulator = await startSimulator({ objects, grantedScopes: [...SIX, 'okta.policies.read'] });
  host = await TestHost.start(settingsFor(dataDir));
}, 60_000);

afterAll(async () => {
  await host.close();
  await simulator.close();
  rmSync(objects, { recursive: true });
}, 30_000);

test('what is granted of a pack is stored and served; what is not is named, and holds up nothing', async () => {
  const created = await host.api.create({ ...simulator.config, posture: true }, { acceptIncomplete: true });
  const run = await host.api.untilRun(created.id, created.lastRun?.id ?? '');
  expect(run.state).toBe('incomplete');
  const detail = await host.api.detail(created.id);
  expect(detail.status).toMatchObject({ state: 'degraded', streams: SKIPPED });
  expect(detail.counts).toMatchObject({ account: 1, policy: 2, policy_rule: 1, network_zone: 0 });
  const { body } = await host.api.get(`/integrations/${created.id}/records/policy_rule/r1`);
  expect(body).toMatchObject({
    kind: 'policy_rule',
    data: { policy: 'p2', effect: 'allow', includedGroups: [], builtIn: null },
  });
}, 60_000);

test('left out, the pack is not shown and the integration is healthy', async () => {
  const detail = await host.api.synced({ ...simulator.config, posture: false });
  expect(detail.status.state).toBe('healthy');
  expect(detail.streams.map(({ name }) => name)).not.toContain('policies');
  expect(detail.counts).not.toHaveProperty('policy');
}, 60_000);

test('what asks for a higher role than the rest of the pack is told, and leaves the integration healthy', async () => {
  const rights = [
    'policies',
    'authenticators',
    'networkZones',
    'apiTokens',
    'logStreams',
    'threatInsights',
    'orgs',
    'appGrants',
  ];
  const reader = await startSimulator({ users: 12, grantedScopes: [...SIX, ...rights.map((area) => `okta.${area}.read`)] });
  // As Okta answers a Read-Only Administrator.
  const closed = ['/api/v1/org/privacy/oktaSupport', '/api/v1/first-party-app-settings/{appName}'];
  reader.setFaults(closed.map((match) => ({ kind: 'status', status: 403, code: 'E0000006', match })));
  try {
    const created = await host.api.create({ ...reader.config, posture: true }, { acceptIncomplete: true });
    const run = await host.api.untilRun(created.id, created.lastRun?.id ?? '');
    expect(run.state).toBe('incomplete');
    const { status, streams } = await host.api.detail(created.id);
    expect(status).toEqual({
      state: 'healthy_with_warnings',
      message: expect.stringMatching(/not permitted: support access, administration console\. .*Super Administrator/),
      next: null,
      streams: ['support-access', 'administration-console'],
    });
    expect(streams.find(({ name }) => name === 'support-access')).toMatchObject({
      state: 'skipped',
      error: { kind: 'permission', missing: ['admin role: Super Administrator'] },
    });
  } finally {
    await reader.close();
  }
}, 60_000);
