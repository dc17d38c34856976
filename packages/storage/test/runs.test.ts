import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, NameTakenError, type Storage } from '../src/index.js';
import { ACCOUNTS, account, EVENTS, GROUPS, group, guarded, LAST, more, page } from './fixtures/samples.js';
import { claim, newIntegration, newRun, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
let url: string;

beforeAll(async () => {
  url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
});
afterAll(() => databases.close());

const FOREIGN = '00000000-0000-4000-8000-00000000beef';

/** So long that it does not end while others still ask for it, on a busy machine either. */
const LEASE_MS = 60_000;

describe('leases', () => {
  test('one of many claims wins, and each raises the fence', async () => {
    const id = await newIntegration(storage);
    const other = await databases.open(url);
    const run = await storage.runs.enqueue(WORKSPACE, id, 'manual', ['accounts']);
    const runId = run?.runId ?? '';
    const claims = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => (n % 2 ? storage : other).runStore.claim(runId, `h${n}`, LEASE_MS)),
    );
    const won = claims.filter((one) => one !== undefined);
    const job = { connectorId: 'fake', streams: ['accounts'], attempt: 0, mode: 'full', cause: 'manual' };
    expect(won).toEqual([{ runId, integrationId: id, fence: 1, ...job }]);
    expect(await storage.runStore.dueRuns(100)).not.toContain(runId);
    await client.query(`UPDATE sync_runs SET lease_until = now() - interval '1 millisecond' WHERE id = $1`, [runId]);
    expect(await storage.runStore.dueRuns(100)).toContain(runId);
    expect((await claim(storage, runId)).fence).toBe(2);
  });

  test('renewing keeps it, waiting comes back when due and counts an attempt', async () => {
    const id = await newIntegration(storage);
    const lease = await newRun(storage, id, 100);
    expect(await storage.runStore.renew(lease, 60_000)).toBe('held');
    await client.query('SELECT pg_sleep(0.15)');
    expect(await storage.runStore.claim(lease.runId, 'x', 1)).toBeUndefined();
    const error = { kind: 'transient', message: 'later' } as const;
    await storage.runStore.finish(lease, { state: 'waiting', resumeAfterMs: 150, error });
    expect(await storage.runStore.claim(lease.runId, 'x', 1_000)).toBeUndefined();
    expect(await storage.runs.get(WORKSPACE, lease.runId)).toMatchObject({ state: 'waiting', error, finishedAt: null });
    await client.query('SELECT pg_sleep(0.2)');
    expect(await storage.runStore.dueRuns(100)).toContain(lease.runId);
    const second = await claim(storage, lease.runId);
    expect(second).toMatchObject({ attempt: 1, fence: 2 });
    // To wait for a rate limit is no failed attempt.
    await storage.runStore.finish(second, {
      state: 'waiting',
      resumeAfterMs: 1,
      error: { kind: 'rate_limit', message: 'later' },
    });
    await client.query('SELECT pg_sleep(0.05)');
    expect(await claim(storage, lease.runId)).toMatchObject({ attempt: 1, fence: 3 });
  });

  test('given back, it can be taken at once', async () => {
    const lease = await newRun(storage, await newIntegration(storage));
    await storage.runStore.finish(lease, { state: 'queued' });
    expect(await claim(storage, lease.runId)).toMatchObject({ attempt: 0, fence: 2 });
  });

  test('cancelling ends a run that nobody reads at once, and tells the one who reads', async () => {
    const id = await newIntegration(storage);
    const queued = await storage.runs.enqueue(WORKSPACE, id, 'manual');
    expect(await storage.runs.requestCancel(FOREIGN, queued?.runId ?? '')).toBe(false);
    expect(await storage.runs.requestCancel(WORKSPACE, queued?.runId ?? '')).toBe(true);
    expect(await storage.runs.get(WORKSPACE, queued?.runId ?? '')).toMatchObject({ state: 'cancelled' });
    const lease = await newRun(storage, id);
    await storage.runStore.openStreams(lease, [ACCOUNTS]);
    await storage.runs.requestCancel(WORKSPACE, lease.runId);
    expect(await storage.runStore.renew(lease, 1_000)).toBe('cancelled');
    // Even when the engine had meant to go on later.
    await storage.runStore.finish(lease, { state: 'waiting', resumeAfterMs: 1, error: { kind: 'transient', message: 'x' } });
    const run = await storage.runs.get(WORKSPACE, lease.runId);
    expect(run).toMatchObject({ state: 'cancelled', streamRuns: [{ state: 'incomplete' }] });
    expect(await storage.runs.requestCancel(WORKSPACE, lease.runId)).toBe(false);
  });
});

describe('passes', () => {
  test('the same run goes on, a new run starts a snapshot afresh and a changes stream where it was', async () => {
    const id = await newIntegration(storage);
    const lease = await newRun(storage, id, 0);
    await storage.runStore.openStreams(lease, [ACCOUNTS, GROUPS, EVENTS]);
    await storage.runStore.commitPage(lease, page(ACCOUNTS, [account('a')], more('p1')), guarded);
    await storage.runStore.commitPage(lease, page(GROUPS, [group('g')], LAST), guarded);
    await storage.runStore.commitPage(lease, page(EVENTS, [], more('e1')), guarded);
    const again = await claim(storage, lease.runId);
    expect(await storage.runStore.openStreams(again, [ACCOUNTS, GROUPS, EVENTS])).toEqual([
      { stream: 'accounts', complete: false, cursor: 'p1' },
      { stream: 'groups', complete: true, cursor: undefined },
      { stream: 'activity', complete: false, cursor: 'e1' },
    ]);
    await storage.runStore.finish(again, { state: 'failed', error: { kind: 'auth', message: 'no' } });
    const next = await newRun(storage, id);
    expect(await storage.runStore.openStreams(next, [ACCOUNTS, GROUPS, EVENTS])).toEqual([
      { stream: 'accounts', complete: false, cursor: undefined },
      { stream: 'groups', complete: false, cursor: undefined },
      { stream: 'activity', complete: false, cursor: 'e1' },
    ]);
    await storage.runStore.commitPage(next, page(EVENTS, [], { done: true, resumeFrom: 'e9' }), guarded);
    await storage.runStore.finish(next, { state: 'incomplete' });
    const last = await newRun(storage, id);
    expect(await storage.runStore.openStreams(last, [EVENTS])).toEqual([{ stream: 'activity', complete: false, cursor: 'e9' }]);
  });

  test('a page of a stream that was not opened, or is complete, is refused', async () => {
    const lease = await newRun(storage, await newIntegration(storage));
    await expect(storage.runStore.commitPage(lease, page(ACCOUNTS, [], LAST), guarded)).rejects.toThrow(/not opened/);
    await storage.runStore.openStreams(lease, [ACCOUNTS]);
    await storage.runStore.commitPage(lease, page(ACCOUNTS, [account('a')], LAST), guarded);
    await expect(storage.runStore.commitPage(lease, page(ACCOUNTS, [], LAST), guarded)).rejects.toThrow(/complete/);
  });

  test('a stream that was stopped before it was opened starts afresh when its run goes on', async () => {
    const id = await newIntegration(storage);
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [account('a'), account('b')], LAST)]);
    const lease = await newRun(storage, id);
    await storage.runStore.stopStream(lease, ACCOUNTS, 'incomplete', { kind: 'transient', message: 'x' });
    expect(await storage.runStore.openStreams(lease, [ACCOUNTS])).toEqual([
      { stream: 'accounts', complete: false, cursor: undefined },
    ]);
    const swept = await storage.runStore.commitPage(lease, page(ACCOUNTS, [account('a')], LAST), guarded);
    expect(swept).toMatchObject({ removed: 1, unchanged: 1 });
  });
});

describe('queueing', () => {
  test('an integration has one live run, whoever asks', async () => {
    const id = await newIntegration(storage);
    const other = await databases.open(url);
    const asked = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => (n % 2 ? storage : other).runs.enqueue(WORKSPACE, id, 'manual')),
    );
    expect(new Set(asked.map((one) => one?.runId)).size).toBe(1);
    expect(asked.filter((one) => one?.isNew).length).toBe(1);
    expect(await storage.runs.enqueue(FOREIGN, id, 'manual')).toBeUndefined();
  });

  test('runs are listed newest first, in pages', async () => {
    const id = await newIntegration(storage);
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const lease = await newRun(storage, id);
      await storage.runStore.finish(lease, { state: 'complete' });
      made.unshift(lease.runId);
    }
    const listed: string[] = [];
    for (let after: string | undefined; ; ) {
      const { runs, next } = await storage.runs.list(WORKSPACE, {
        integrationId: id,
        limit: 2,
        ...(after !== undefined && { after }),
      });
      listed.push(...runs.map((run) => run.id));
      if (next === null) break;
      after = next;
    }
    expect(listed).toEqual(made);
    // A page goes on where the one before ended, although that row is there no more.
    const first = await storage.runs.list(WORKSPACE, { integrationId: id, limit: 2 });
    await client.query('DELETE FROM sync_runs WHERE id = ANY ($1)', [made.slice(0, 2)]);
    const rest = await storage.runs.list(WORKSPACE, { integrationId: id, after: first.next ?? '' });
    expect(rest.runs.map((run) => run.id)).toEqual(made.slice(2));
    expect((await storage.runs.list(FOREIGN, { integrationId: id })).runs).toEqual([]);
  });

  test('two hosts that look for due work at once make each run once', async () => {
    const other = await databases.open(url);
    await client.query(`UPDATE integrations SET next_run_at = now() + interval '1 day'`);
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) ids.push(await newIntegration(storage, `Due ${n}`));
    await client.query(`UPDATE integrations SET next_run_at = now() WHERE id = ANY ($1)`, [ids]);
    await storage.integrations.update(WORKSPACE, ids[0] ?? '', { paused: true });
    const busy = await storage.runs.enqueue(WORKSPACE, ids[1] ?? '', 'manual');
    const rounds = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? storage : other).schedule.enqueueDue(7)));
    const made = rounds.flat();
    expect(made.map(({ integrationId }) => integrationId).toSorted()).toEqual(ids.slice(2).toSorted());
    expect(new Set(made.map(({ runId }) => runId)).size).toBe(38);
    expect(made.map(({ runId }) => runId)).not.toContain(busy?.runId);
    const { rows } = await client.query(
      `SELECT count(*)::int AS n FROM integrations WHERE id = ANY ($1) AND next_run_at BETWEEN now() + interval '23 hours' AND now() + interval '25 hours'`,
      [ids],
    );
    expect(rows).toEqual([{ n: 39 }]);
    expect(await storage.schedule.enqueueDue()).toEqual([]);
  });
});

describe('integrations', () => {
  test('names are made unique, other workspaces see nothing, deleting takes all rows along', async () => {
    const names = [];
    for (let n = 0; n < 3; n += 1) {
      const { name } = await storage.integrations.create(WORKSPACE, {
        connectorId: 'acme',
        name: 'Acme',
        config: {},
        secrets: {},
      });
      names.push(name);
    }
    expect(names).toEqual(['Acme', 'Acme 2', 'Acme 3']);
    const id = await newIntegration(storage, 'Doomed');
    await expect(storage.integrations.update(WORKSPACE, id, { name: 'Acme' })).rejects.toThrow(NameTakenError);
    await storage.integrations.update(WORKSPACE, id, { pollSeconds: 30, tenantId: '00o1' });
    const updated = await storage.integrations.update(WORKSPACE, id, { pollSeconds: null });
    expect(updated).toMatchObject({ name: 'Doomed', pollSeconds: null, tenantId: '00o1' });
    expect(await storage.integrations.get(FOREIGN, id)).toBeUndefined();
    expect(await storage.integrations.list(FOREIGN)).toEqual({ integrations: [], next: null });
    expect(await storage.integrations.update(FOREIGN, id, { name: 'Eve' })).toBeUndefined();
    expect(await storage.integrations.delete(FOREIGN, id)).toBe(false);
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [account('a')], LAST)]);
    const lease = await newRun(storage, id);
    await storage.runStore.openStreams(lease, [ACCOUNTS]);
    expect(await storage.integrations.delete(WORKSPACE, id)).toBe(true);
    expect(await storage.integrations.get(WORKSPACE, id)).toBeUndefined();
    while (await storage.deletedIntegrations.purge());
    await expect(storage.runStore.commitPage(lease, page(ACCOUNTS, [account('b')], LAST), guarded)).rejects.toThrow(/lost/);
    for (const table of ['accounts', 'sync_runs', 'stream_state', 'secrets']) {
      expect((await client.query(`SELECT FROM ${table} WHERE integration_id = $1`, [id])).rowCount).toBe(0);
    }
  });
});

test('a connection that is cut leaves the pool usable', async () => {
  const id = await newIntegration(storage);
  for (let n = 0; n < 5; n += 1) {
    await Promise.all([storage.ping(), storage.ping(), storage.ping()]);
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    // Until the pool has heard of it: a busy machine takes its time.
    while (storage.poolUsage().idle > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await storage.ping();
  }
  expect((await storage.integrations.get(WORKSPACE, id))?.id).toBe(id);
});
