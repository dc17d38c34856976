import pg from 'pg';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { person } from '../security/workspace-people.js';
import { DIRECTORY, Organisation, ownWorkspace } from './organisation.js';

const folder = temporaryFolder();
let host: TestHost;
let viewer: Api;
let holder: pg.Client;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  await new Organisation(host, await ownWorkspace(host), DIRECTORY, 'Directory').seed();
  viewer = (await person(host.api, 'vi@castellan.test', 'viewer')).api;
  holder = new pg.Client({ connectionString: host.host.databaseUrl });
  await holder.connect();
}, 60_000);
afterAll(async () => {
  await holder.end();
  await host.close();
});

const isWaiting = async (): Promise<boolean> =>
  (await host.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).length > 0;

/** Longer than a question is left at the database after its asker has gone, shorter than the log waits for a lock. */
const HELD_MS = 2_500;

test.each([
  ['a viewer who must not sign', 'aws', () => viewer, 'access.denied'],
  ['one who signs what is not there', 'nothing', () => host.api, 'change.refused'],
])('%s stands in the audit log, also when he has hung up before it was written', async (_who, application, asker, action) => {
  // As on a busy day: the row has to wait for another one.
  await holder.query('BEGIN; LOCK TABLE audit_log');
  const leaving = new AbortController();
  const asked = fetch(`${host.host.url}/api/integrations/${DIRECTORY}/access/reviews`, {
    method: 'POST',
    headers: { ...asker().credentials, 'content-type': 'application/json' },
    body: JSON.stringify({ application }),
    signal: leaving.signal,
  }).catch(() => undefined);
  await until(isWaiting);
  leaving.abort();
  await asked;
  await new Promise((resolve) => setTimeout(resolve, HELD_MS));
  await holder.query('ROLLBACK');
  await until(async () => {
    const { body } = await host.api.get<AuditLogPage>(`/audit-log?action=${action}&limit=1`);
    return body.items[0]?.outcome === 'refused';
  });
});
