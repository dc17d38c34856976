import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '@castellan/storage';
import { settingsFor, temporaryFolder, TestHost, until } from './host-harness.js';
import { loadStorage } from './loaded-once.js';
import { KEY, Receiver, SharedDatabase } from './webhook-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const { DEFAULT_WORKSPACE_ID, EVENT_TYPES } = await loadStorage();

const folder = temporaryFolder();
let database: SharedDatabase;
let storage: Storage;
let host: TestHost;
let receiver: Receiver;
let simulator: Simulator;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  simulator = await startSimulator({ users: 5, groups: 2, apps: 1, events: 5, seed: 2 });
  database = await SharedDatabase.start();
  storage = await database.open();
  host = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl: database.url, key: KEY }));
  receiver = await Receiver.start();
  await host.api.post('/webhooks', { url: receiver.url, eventTypes: ['integration.status_changed'] });
}, 60_000);

afterAll(async () => {
  await receiver.close();
  await host.close();
  await database.close();
  await simulator.close();
}, 30_000);

afterEach(() => {
  receiver.received.length = 0;
});

interface Change {
  readonly integration: string;
  readonly from: string | null;
  readonly to: string;
}
const changes = (): readonly Change[] => receiver.received.map(({ body }) => (JSON.parse(body) as { data: Change }).data); // as the catalogue says
const told = (integration: string): readonly string[] =>
  changes().flatMap((change) => (change.integration === integration ? [change.to] : []));

/** Names and types, all the way down: what a program that reads it relies on. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
}

test('what is sent has the shape of the example in the catalogue', async () => {
  const { id } = await host.api.synced(simulator.config);
  // The first state that is told of has none before it.
  await until(() => told(id).includes('healthy'));
  simulator.setFaults([{ kind: 'forbidden', match: '/api/v1/groups/rules' }]);
  await host.api.syncAgain(id);
  simulator.setFaults([]);
  await until(() => told(id).includes('degraded'));
  const { example } = EVENT_TYPES['integration.status_changed'];
  const sent = changes().find(({ to }) => to === example.to);
  expect(shape(sent)).toEqual(shape(example));
});

/** A run whose host this test is: the schedule and the queue of the real one leave it alone while its lease is held. */
async function runAtWork(name: string) {
  const config = { connectorId: 'okta', name, config: {}, secrets: {} };
  const { id } = await storage.integrations.create(DEFAULT_WORKSPACE_ID, config);
  await storage.runs.enqueue(DEFAULT_WORKSPACE_ID, id, 'manual');
  const [run] = (await storage.runs.list(DEFAULT_WORKSPACE_ID, { integrationId: id })).runs;
  const lease = await storage.runStore.claim(run?.id ?? '', 'the test', 120_000);
  if (lease === undefined) throw new Error('the run could not be claimed');
  await until(() => told(id).at(-1) === 'syncing');
  return { id, lease };
}

test('that a provider limits a run is told, and that it no longer does', async () => {
  const { id, lease } = await runAtWork('Limited');
  const note = (reasons: readonly string[]) => {
    const later = new Date(Date.now() + 60_000).toISOString();
    const waits = reasons.map((reason) => ({ bucket: 'users', until: later, reason }));
    return storage.runStore.noteProgress(lease, { at: new Date().toISOString(), plan: null, waits });
  };
  await note(['pace']);
  await note(['pace', 'rate_limit']);
  await until(() => told(id).at(-1) === 'rate_limited');
  await note(['pace']);
  await until(() => told(id).at(-1) === 'syncing');
  expect(told(id).slice(-3)).toEqual(['syncing', 'rate_limited', 'syncing']);
});

test('that the host of a run is gone is told once, and that it was only away', async () => {
  const { id, lease } = await runAtWork('Abandoned');
  // A poll that somebody works on keeps the host of this test from taking the run over.
  await database.client.query(
    `INSERT INTO sync_runs (integration_id, mode, cause, state, lease_owner, lease_until, started_at)
     VALUES ($1, 'poll', 'scheduled', 'running', 'another', now() + interval '2 minutes', now())`,
    [id],
  );
  await database.client.query(`UPDATE sync_runs SET lease_until = now() - interval '31 seconds' WHERE id = $1`, [lease.runId]);
  await until(() => told(id).at(-1) === 'interrupted');
  expect(await storage.runStore.renew(lease, 120_000)).toBe('held');
  await until(() => told(id).at(-1) === 'syncing');
  expect(told(id).slice(-3)).toEqual(['syncing', 'interrupted', 'syncing']);
});

test('of several integrations whose status cannot be read each is told of', async () => {
  const ids: string[] = [];
  for (const name of ['First', 'Second']) {
    const { id, lease } = await runAtWork(name);
    await storage.runStore.finish(lease, {
      state: 'waiting',
      resumeAfterMs: 3_600_000,
      error: { kind: 'transient', message: '' },
    });
    // No time that the status could name.
    await database.client.query(`UPDATE sync_runs SET resume_at = 'infinity' WHERE id = $1`, [lease.runId]);
    await database.client.query('UPDATE integrations SET touched_at = now() WHERE id = $1', [id]);
    ids.push(id);
  }
  const tells = (id: string) => host.lines.some((line) => line.includes('tick failed') && line.includes(id));
  await until(() => ids.every(tells));
});
