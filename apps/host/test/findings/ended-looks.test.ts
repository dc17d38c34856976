import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckView, PostureOverview } from '@castellan/api';
import pg from 'pg';
import { Api, ownDatabase, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { HostProcess } from '../host-process.js';
import { type Simulator, startSimulator } from '../simulator.js';

// Hosts that end while they look. The database is the test's, so that no host takes it along.
const folder = temporaryFolder();
const key = Buffer.alloc(32, 7).toString('base64');
const processes: HostProcess[] = [];
let simulator: Simulator;
let databaseUrl: string;
let client: pg.Client;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  simulator = await startSimulator({ users: 30, groups: 6, apps: 4, events: 40, seed: 8 });
  databaseUrl = await ownDatabase();
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
}, 60_000);
afterAll(async () => {
  await Promise.all(processes.map((process) => process.end('SIGKILL')));
  await client.end();
  await simulator.close();
}, 30_000);

async function startProcess(): Promise<{ readonly process: HostProcess; readonly api: Api }> {
  const process = new HostProcess({
    DATABASE_URL: databaseUrl,
    CASTELLAN_KEY: key,
    CASTELLAN_DATA_DIR: join(folder, 'host'),
    CASTELLAN_POLL_SECONDS: '0',
  });
  processes.push(process);
  return { process, api: await Api.open(await process.url()) };
}

interface ToldCheck {
  readonly check: string;
  readonly findings: number;
  readonly rows: number;
  readonly reasons: string;
}

/** What each check has said, and how many findings of it there are. */
async function told(): Promise<readonly ToldCheck[]> {
  const { rows } = await client.query<ToldCheck>(
    `SELECT r."check", r.findings, r.reasons::text AS reasons, (SELECT count(*)::int FROM findings f WHERE f.rule = r."check") AS rows
     FROM check_results r ORDER BY 1`,
  );
  return rows;
}
const looks = async (): Promise<number> => (await client.query('SELECT 1 FROM posture_evaluations')).rowCount ?? 0;
const findingIds = async (): Promise<readonly string[]> =>
  (await client.query<{ id: string }>('SELECT id FROM findings ORDER BY id')).rows.map(({ id }) => id);

/** Nobody reads a setting while this is held: a look comes to a check that has to, and waits there. */
async function held<T>(work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN; LOCK TABLE org_settings IN ACCESS EXCLUSIVE MODE');
  try {
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

test('a host that is stopped or killed while it looks leaves whole answers only, and the next one completes the look', async () => {
  const first = await startProcess();
  const id = await held(async () => {
    const { id: created } = await first.api.create(simulator.config);
    // In the transaction that holds the table, other tables are seen as they are now.
    await until(async () => (await told()).length > 0, 60_000);
    const { body } = await first.api.get<PostureOverview>('/posture/overview');
    expect([body.pending, body.evaluatedAt]).toEqual([1, null]);
    const began = Date.now();
    expect(await first.process.end('SIGTERM')).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    return created;
  });
  const atStop = await told();
  expect(atStop.every(({ findings, rows, reasons }) => findings === rows && !reasons.includes('broken'))).toBe(true);
  expect(await looks()).toBe(0);
  const known = await findingIds();
  expect(known.length).toBeGreaterThan(0);

  const second = await startProcess();
  await held(async () => {
    const seen = async () =>
      (await client.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'org_settings'::regclass`)).rowCount ?? 0;
    await until(async () => (await seen()) > 0, 30_000);
    await second.process.end('SIGKILL');
  });
  expect((await told()).every(({ findings, rows }) => findings === rows)).toBe(true);
  // Of two checks at a time one waits, and the other may have answered.
  expect([await looks(), await findingIds()]).toEqual([0, expect.arrayContaining([...known])]);

  const third = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl, key }));
  try {
    await until(async () => (await looks()) === 1, 40_000);
    const { items } = (await third.api.get<{ readonly items: readonly CheckView[] }>('/posture/checks')).body;
    expect(items.filter(({ status }) => status === null).map((check) => check.id)).toEqual([]);
    expect(await findingIds()).toEqual(expect.arrayContaining([...known]));
    expect((await third.api.get<PostureOverview>(`/posture/overview?integration=${id}`)).body.pending).toBe(0);
  } finally {
    await third.close();
  }
}, 180_000);
