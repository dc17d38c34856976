import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type Storage } from '../src/index.js';
import { ACCOUNTS, account, EVENTS, event, GROUPS, group, guarded, LAST, more, page } from './fixtures/samples.js';
import { claim, newIntegration, newRun, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
});
afterAll(() => databases.close());

const people = (count: number) => Array.from({ length: count }, (_, number) => account(`a${number}`));

async function liveRun(integrationId: string) {
  return (await storage.progress.liveRuns(WORKSPACE)).find((run) => run.integrationId === integrationId);
}

test('a live run shows its rows page by page, and is gone when it is over', async () => {
  const id = await newIntegration(storage, 'one');
  expect(await liveRun(id)).toBeUndefined();
  const queued = await storage.runs.enqueue(WORKSPACE, id, 'created');
  expect(await liveRun(id)).toMatchObject({
    id: queued?.runId,
    state: 'queued',
    isAtWork: false,
    startedAt: null,
    streamRuns: [],
  });
  const lease = await claim(storage, queued?.runId ?? '');
  await storage.runStore.openStreams(lease, [ACCOUNTS, EVENTS]);
  await storage.runStore.commitPage(lease, page(ACCOUNTS, people(3), more('x')), guarded);
  await storage.runStore.commitPage(lease, page(EVENTS, [event('e1', '2026-01-01T00:00:00.000Z')], LAST), guarded);
  const run = await liveRun(id);
  expect(run).toMatchObject({ state: 'running', isAtWork: true, mode: 'full', cause: 'created', streams: [] });
  expect(run?.streamRuns).toEqual([
    { stream: 'accounts', semantics: 'snapshot', state: 'reading', isOpened: true, pages: 1, rows: 3 },
    { stream: 'activity', semantics: 'changes', state: 'complete', isOpened: true, pages: 1, rows: 1 },
  ]);
  await storage.runStore.commitPage(lease, page(ACCOUNTS, people(2), LAST), guarded);
  // Two of them were there already: rows are what was read.
  expect((await liveRun(id))?.streamRuns[0]).toMatchObject({ state: 'complete', pages: 2, rows: 5 });
  await storage.runStore.finish(lease, { state: 'complete' });
  expect(await liveRun(id)).toBeUndefined();
});

test('nobody is at work on a run whose lease has run out', async () => {
  const id = await newIntegration(storage, 'two');
  await newRun(storage, id, 50);
  await client.query('SELECT pg_sleep(0.1)');
  expect(await liveRun(id)).toMatchObject({ state: 'running', isAtWork: false });
});

test('a poll is shown when it takes long, and never in place of a full run', async () => {
  const id = await newIntegration(storage, 'three');
  const { rows } = await client.query<{ readonly id: string }>(
    `INSERT INTO sync_runs (integration_id, cause, mode) VALUES ($1, 'scheduled', 'poll') RETURNING id`,
    [id],
  );
  const poll = await claim(storage, rows[0]?.id ?? '');
  expect(await liveRun(id)).toBeUndefined();
  await client.query(`UPDATE sync_runs SET started_at = now() - interval '6 seconds' WHERE id = $1`, [poll.runId]);
  expect(await liveRun(id)).toMatchObject({ id: poll.runId, mode: 'poll' });
  const full = await storage.runs.enqueue(WORKSPACE, id, 'manual');
  expect(await liveRun(id)).toMatchObject({ id: full?.runId, mode: 'full' });
});

test('what was only read again was not opened, and what was skipped was', async () => {
  const id = await newIntegration(storage, 'four');
  await sync(storage, id, [GROUPS, ACCOUNTS], [page(GROUPS, [group('g1')], LAST), page(ACCOUNTS, people(1), LAST)]);
  const lease = await newRun(storage, id);
  await storage.runStore.commitRefresh(lease, {
    settled: [],
    stream: GROUPS,
    records: [group('g1')],
    complete: [],
    unread: [],
    rejected: [],
    stale: [],
    since: new Date().toISOString(),
    answered: [],
  });
  await storage.runStore.stopStream(lease, ACCOUNTS, 'skipped', { kind: 'permission', message: 'no' });
  expect((await liveRun(id))?.streamRuns).toMatchObject([
    { stream: 'accounts', state: 'skipped', isOpened: true },
    { stream: 'groups', state: 'complete', isOpened: false, rows: 1 },
  ]);
});

test('the last complete listing of each stream tells how many rows it had, whatever came after it', async () => {
  const id = await newIntegration(storage, 'five');
  const streams = [ACCOUNTS, GROUPS, EVENTS];
  const events = page(EVENTS, [event('e9', '2026-01-01T00:00:00.000Z')], LAST);
  await sync(storage, id, streams, [page(ACCOUNTS, people(9), LAST), page(GROUPS, [group('g1')], LAST), events]);
  await sync(storage, id, streams, [page(ACCOUNTS, people(8), LAST), page(GROUPS, [group('g1'), group('g2')], more('x'))]);
  const { runId } = await newRun(storage, id);
  const listed = await storage.progress.lastListed(WORKSPACE, [runId]);
  expect(listed.toSorted((a, b) => a.stream.localeCompare(b.stream))).toEqual([
    { runId, stream: 'accounts', rows: 8 },
    { runId, stream: 'groups', rows: 1 },
  ]);
});

test('another workspace sees nothing of it', async () => {
  const id = await newIntegration(storage, 'six');
  const { runId } = await newRun(storage, id);
  const other = '00000000-0000-4000-8000-00000000beef';
  expect(await storage.progress.liveRuns(other)).toEqual([]);
  expect(await storage.progress.lastListed(other, [runId])).toEqual([]);
});
