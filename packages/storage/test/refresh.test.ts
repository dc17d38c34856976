import type { Stale, StreamInfo } from '@castellan/connector-sdk';
import { type ClaimedRun, FenceLostError, type RefreshCommit, type RunOutcome } from '@castellan/sync-engine';
import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type Storage } from '../src/index.js';
import {
  ACCOUNTS,
  account,
  EVENTS,
  event,
  GROUPS,
  group,
  guarded,
  LAST,
  MEMBERS,
  membership,
  more,
  page,
} from './fixtures/samples.js';
import { claim, newIntegration, newRun, presentKeys, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
});
afterAll(() => databases.close());

const STREAMS = [ACCOUNTS, GROUPS, MEMBERS, EVENTS];
const LISTED = [
  page(ACCOUNTS, [account('u1'), account('u2')], { done: true, resumeFrom: { from: 'then' } }),
  page(GROUPS, [group('g1'), group('g2')], LAST),
  page(MEMBERS, [membership('g1', 'u1'), membership('g1', 'u2'), membership('g2', 'u1')], LAST),
];
const WANTED = STREAMS.map(({ name }) => name);
const now = (): string => new Date().toISOString();
const part = (stream: string, field?: string, value = '', rest: Partial<Stale> = {}): Stale => ({
  stream,
  ...(field !== undefined && { scope: { field, value } }),
  at: now(),
  ...rest,
});

async function listed(): Promise<string> {
  const id = await newIntegration(storage);
  await sync(storage, id, STREAMS, LISTED);
  return id;
}

async function says(id: string, stale: readonly Stale[]): Promise<ClaimedRun> {
  const lease = await newRun(storage, id);
  await storage.runStore.openStreams(lease, STREAMS);
  await storage.runStore.commitPage(
    lease,
    page(EVENTS, [event('e1', now())], { done: true, resumeFrom: 'e1' }, { stale }),
    guarded,
  );
  return lease;
}

const refreshed = (stream: StreamInfo, rest: Partial<RefreshCommit>): RefreshCommit => ({
  stream,
  records: [],
  complete: [],
  settled: [],
  unread: [],
  rejected: [],
  stale: [],
  since: '',
  answered: [],
  ...rest,
});

describe('what an event says has changed', () => {
  test('is kept with the event, once, and gone when it is answered', async () => {
    const id = await listed();
    const twice = [part('memberships', 'member', 'u1', { low: true }), part('memberships', 'member', 'u1')];
    const lease = await says(id, [
      ...twice,
      part('accounts', 'key', 'u1', { low: true }),
      part('groups'),
      part('nobody', 'key', 'x'),
    ]);
    expect(await storage.runStore.staleStreams(lease, WANTED)).toEqual([
      { stream: 'accounts', whole: false, delta: false, leftToFull: false, parts: 1, low: 1 },
      { stream: 'groups', whole: true, delta: false, leftToFull: false, parts: 0, low: 0 },
      { stream: 'memberships', whole: false, delta: false, leftToFull: false, parts: 1, low: 0 },
    ]);
    expect((await storage.runStore.takeStale(lease, 'accounts', 10, false)).parts).toEqual([]);
    const { parts, since } = await storage.runStore.takeStale(lease, 'memberships', 10, false);
    expect(parts.map(({ scope }) => scope)).toEqual([{ field: 'member', value: 'u1' }]);
    await storage.runStore.commitRefresh(lease, refreshed(MEMBERS, { since, answered: parts.map(({ id: one }) => one) }));
    expect((await storage.runStore.staleStreams(lease, WANTED)).map(({ stream }) => stream)).toEqual(['accounts', 'groups']);
  });

  test('is forgotten when the listing began after it', async () => {
    const id = await listed();
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const lease = await says(id, [part('accounts', 'key', 'u1', { at: hourAgo })]);
    expect(await storage.runStore.staleStreams(lease, WANTED)).toEqual([]);
  });

  test('comes again while it is being read, and is read again', async () => {
    const id = await listed();
    const lease = await says(id, [part('accounts', 'key', 'u1')]);
    const first = await storage.runStore.takeStale(lease, 'accounts', 10, false);
    const again = refreshed(GROUPS, { since: first.since, stale: [part('accounts', 'key', 'u1')] });
    await storage.runStore.commitRefresh(lease, again);
    const answered = first.parts.map((one) => one.id);
    await storage.runStore.commitRefresh(lease, refreshed(ACCOUNTS, { since: first.since, answered }));
    expect(await storage.runStore.staleStreams(lease, WANTED)).toMatchObject([{ stream: 'accounts', parts: 1 }]);
  });

  test('is kept while its stream is listed for the first time, and is there when that listing is through', async () => {
    const id = await newIntegration(storage);
    const lease = await newRun(storage, id);
    await storage.runStore.openStreams(lease, STREAMS);
    await storage.runStore.commitPage(lease, page(MEMBERS, [membership('g1', 'u1')], more('1')), guarded);
    const stale = [part('memberships', 'key', 'g1|u1')];
    await storage.runStore.commitPage(lease, page(EVENTS, [event('e', now())], LAST, { stale }), guarded);
    expect(await storage.runStore.staleStreams(lease, WANTED)).toEqual([]);
    await storage.runStore.commitPage(lease, page(MEMBERS, [], LAST), guarded);
    expect(await storage.runStore.staleStreams(lease, WANTED)).toMatchObject([{ stream: 'memberships', parts: 1 }]);
  });

  test('is kept by a listing that began before it was said again', async () => {
    const id = await listed();
    const first = await says(id, [part('accounts', 'key', 'u1', { low: true })]);
    await storage.runStore.finish(first, { state: 'complete' });
    await client.query(`UPDATE stale_parts SET created_at = now() - interval '1 hour' WHERE integration_id = $1`, [id]);
    const lease = await says(id, [part('accounts', 'key', 'u1')]);
    await storage.runStore.commitPage(lease, page(ACCOUNTS, [account('u1'), account('u2')], LAST), guarded);
    expect(await storage.runStore.staleStreams(lease, WANTED)).toMatchObject([{ stream: 'accounts', parts: 1, low: 0 }]);
  });

  test('of a stream that the settings no longer ask for is forgotten', async () => {
    const lease = await says(await listed(), [part('accounts', 'key', 'u1'), part('groups', 'key', 'g1')]);
    expect(await storage.runStore.staleStreams(lease, ['groups'])).toMatchObject([{ stream: 'groups' }]);
    expect(await storage.runStore.staleStreams(lease, WANTED)).toMatchObject([{ stream: 'groups' }]);
  });

  test('is given up after five tries, and left to the next full run', async () => {
    const lease = await says(await listed(), [part('accounts', 'key', 'u1')]);
    const ids = (await storage.runStore.takeStale(lease, 'accounts', 10, false)).parts.map((one) => one.id);
    const dropped: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) dropped.push(await storage.runStore.staleFailed(lease, ids));
    expect(dropped).toEqual([0, 0, 0, 0, 1]);
    expect(await storage.runStore.staleStreams(lease, WANTED)).toMatchObject([
      { stream: 'accounts', parts: 0, whole: false, leftToFull: true },
    ]);
    const old = await newRun(storage, await listed(), 0);
    await claim(storage, old.runId);
    await expect(storage.runStore.staleFailed(old, ids)).rejects.toThrow(FenceLostError);
  });
});

describe('parts that are read again', () => {
  test('what a complete scope does not show is gone, and nothing else', async () => {
    const id = await listed();
    const lease = await says(id, []);
    const { since } = await storage.runStore.takeStale(lease, 'memberships', 10, false);
    // Two pages: the scope is whole with the second.
    const first = refreshed(MEMBERS, { since, records: [membership('g3', 'u1')] });
    const second = refreshed(MEMBERS, {
      since,
      records: [membership('g2', 'u1')],
      complete: [{ field: 'member', value: 'u1' }],
    });
    expect(await storage.runStore.commitRefresh(lease, first)).toMatchObject({ created: 1, removed: 0 });
    expect(await storage.runStore.commitRefresh(lease, second)).toMatchObject({ unchanged: 1, removed: 1 });
    expect(await presentKeys(client, 'memberships', id)).toEqual(['g1|u2', 'g2|u1', 'g3|u1']);
    const gone = refreshed(ACCOUNTS, { since, complete: [{ field: 'key', value: 'u2' }] });
    expect(await storage.runStore.commitRefresh(lease, gone)).toMatchObject({ removed: 1 });
    expect(await presentKeys(client, 'accounts', id)).toEqual(['u1']);
  });

  test('count as listed: dependants see them, and the next listing keeps or sweeps them', async () => {
    const id = await listed();
    const lease = await says(id, []);
    const { since } = await storage.runStore.takeStale(lease, 'groups', 10, false);
    await storage.runStore.commitRefresh(
      lease,
      refreshed(GROUPS, { since, records: [group('g9')], complete: [{ field: 'key', value: 'g9' }] }),
    );
    const reader = storage.runStore.synced(lease);
    expect(await reader.get('group', 'g9')).toEqual({ key: 'g9', hint: { members: 3 } });
    expect(await reader.get('group', 'g7')).toBeUndefined();
    const found: string[] = [];
    for await (const { key } of reader.where('membership', 'member', 'u1')) found.push(key);
    expect(found).toEqual(['g1|u1', 'g2|u1']);
    await storage.runStore.finish(lease, { state: 'complete' });
    const [swept] = await sync(storage, id, [GROUPS], [page(GROUPS, [group('g1'), group('g2')], LAST)]);
    expect(swept).toMatchObject({ unchanged: 2, removed: 1 });
  });

  test('of a listing that was cut are not swept when it goes on', async () => {
    const id = await listed();
    const lease = await newRun(storage, id);
    await storage.runStore.openStreams(lease, [MEMBERS]);
    await storage.runStore.commitPage(lease, page(MEMBERS, [membership('g1', 'u1')], more('g1')), guarded);
    const { since } = await storage.runStore.takeStale(lease, 'memberships', 10, false);
    const again = refreshed(MEMBERS, {
      since,
      records: [membership('g1', 'u1')],
      complete: [{ field: 'member', value: 'u1' }],
    });
    await storage.runStore.commitRefresh(lease, again);
    await storage.runStore.commitPage(lease, page(MEMBERS, [membership('g1', 'u2')], LAST), () => 'sweep');
    expect(await presentKeys(client, 'memberships', id)).toEqual(['g1|u1', 'g1|u2']);
  });

  test('by the first part of their key are found along it, whatever the value holds', async () => {
    const id = await newIntegration(storage);
    const odd = { ...membership('a|b%', 'u1'), key: 'a%7Cb%25|u1' };
    const rows = [odd, membership('a', 'u1'), membership('a|b', 'u1')];
    await sync(storage, id, STREAMS, [page(MEMBERS, rows, LAST)]);
    const lease = await newRun(storage, id);
    const found: string[] = [];
    for await (const { key } of storage.runStore.synced(lease).where('membership', 'group', 'a|b%')) found.push(key);
    expect(found).toEqual(['a%7Cb%25|u1']);
    const { since } = await storage.runStore.takeStale(lease, 'memberships', 10, false);
    const empty = refreshed(MEMBERS, { since, complete: [{ field: 'group', value: 'a|b%' }] });
    expect(await storage.runStore.commitRefresh(lease, empty)).toMatchObject({ removed: 1 });
  });

  test('a scope by a field that the kind does not have is a mistake, and writes nothing', async () => {
    const id = await listed();
    const lease = await says(id, []);
    const { since } = await storage.runStore.takeStale(lease, 'groups', 10, false);
    const wrong = refreshed(GROUPS, { since, records: [group('g8')], complete: [{ field: 'owner"; --', value: 'x' }] });
    await expect(storage.runStore.commitRefresh(lease, wrong)).rejects.toThrow('does not have');
    expect(await presentKeys(client, 'groups', id)).toEqual(['g1', 'g2']);
  });

  test('a lost fence writes nothing', async () => {
    const id = await listed();
    const lease = await newRun(storage, id, 0);
    await claim(storage, lease.runId);
    await expect(
      storage.runStore.commitRefresh(lease, refreshed(GROUPS, { since: now(), records: [group('g8')] })),
    ).rejects.toThrow(FenceLostError);
    const delta = { stream: GROUPS, records: [group('g8')], rejected: [], stale: [] };
    await expect(storage.runStore.commitDelta(lease, delta)).rejects.toThrow(FenceLostError);
    expect(await presentKeys(client, 'groups', id)).toEqual(['g1', 'g2']);
  });

  test('a delta goes on from the listing, and the next one from the delta', async () => {
    const id = await listed();
    const lease = await says(id, [part('accounts', undefined, '', { delta: true })]);
    expect(await storage.runStore.staleStreams(lease, WANTED)).toMatchObject([
      { stream: 'accounts', whole: false, delta: true, parts: 0 },
    ]);
    const positionOf = async (): Promise<unknown> =>
      (await storage.runStore.history(lease)).find(({ stream }) => stream === 'accounts')?.resumeFrom;
    expect(await positionOf()).toEqual({ from: 'then' });
    const changed = {
      stream: ACCOUNTS,
      records: [account('u1', { login: 'new' })],
      rejected: [],
      stale: [part('memberships', 'member', 'u1')],
    };
    expect(await storage.runStore.commitDelta(lease, { ...changed, resumeFrom: { from: 'now' } })).toMatchObject({
      changed: 1,
    });
    expect(await positionOf()).toEqual({ from: 'now' });
    expect(await storage.runStore.staleStreams(lease, WANTED)).toMatchObject([{ stream: 'memberships', parts: 1 }]);
  });
});

describe('polls', () => {
  const due = (): Promise<readonly { readonly integrationId: string; readonly runId: string }[]> =>
    storage.schedule.enqueueDuePolls(60);
  const pollOf = async (id: string): Promise<string | undefined> =>
    (await due()).find(({ integrationId }) => integrationId === id)?.runId;

  test('begin after a full run, are made once, and leave nothing when they find nothing', async () => {
    const fresh = await newIntegration(storage);
    expect(await pollOf(fresh)).toBeUndefined();
    const id = await listed();
    const made = (await Promise.all([due(), due(), due()])).flat().filter(({ integrationId }) => integrationId === id);
    expect(made).toHaveLength(1);
    const lease = await claim(storage, made[0]?.runId ?? '');
    expect(lease).toMatchObject({ mode: 'poll', cause: 'scheduled' });
    expect((await storage.runs.list(WORKSPACE, { integrationId: id })).runs.map(({ mode }) => mode)).toEqual(['full']);
    await storage.runStore.finish(lease, { state: 'complete' });
    expect(await storage.runs.get(WORKSPACE, lease.runId)).toBeUndefined();
    const integration = await storage.integrations.get(WORKSPACE, id);
    expect(integration?.polledAt).toBeInstanceOf(Date);
    expect(integration?.nextPollAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    expect(await pollOf(id)).toBeUndefined();
  });

  test('begin after a full run that a person has cancelled, not after one that failed', async () => {
    const begun = async (outcome: RunOutcome) => {
      const id = await newIntegration(storage);
      await storage.runStore.finish(await newRun(storage, id), outcome);
      return pollOf(id);
    };
    expect(await begun({ state: 'failed', error: { kind: 'transient', message: 'down' } })).toBeUndefined();
    expect(await begun({ state: 'cancelled' })).toBeDefined();
  });

  test('that have read something stay in the history', async () => {
    const id = await listed();
    const lease = await claim(storage, (await pollOf(id)) ?? '');
    const { since } = await storage.runStore.takeStale(lease, 'groups', 1, false);
    await storage.runStore.commitRefresh(lease, refreshed(GROUPS, { since, records: [group('g1', 'renamed')] }));
    await storage.runStore.finish(lease, { state: 'complete' });
    const [latest] = (await storage.runs.list(WORKSPACE, { integrationId: id })).runs;
    expect(latest).toMatchObject({ mode: 'poll', state: 'complete', streamRuns: [{ stream: 'groups', changed: 1 }] });
  });

  test('a refused credential ends them until a full run has succeeded', async () => {
    const id = await listed();
    const lease = await claim(storage, (await pollOf(id)) ?? '');
    await storage.runStore.finish(lease, { state: 'failed', error: { kind: 'auth', message: 'revoked' } });
    expect((await storage.integrations.get(WORKSPACE, id))?.nextPollAt).toBeNull();
    await sync(storage, id, STREAMS, LISTED);
    expect(await pollOf(id)).toBeDefined();
  });

  test('wait for a full run, and a full run for them', async () => {
    const id = await listed();
    const poll = await claim(storage, (await pollOf(id)) ?? '');
    const full = await storage.runs.enqueue(WORKSPACE, id, 'manual');
    expect(full?.isNew).toBe(true);
    expect(await storage.runStore.claim(full?.runId ?? '', 'other', 1_000)).toBeUndefined();
    expect(await storage.runStore.dueRuns(100)).not.toContain(full?.runId);
    await storage.runStore.finish(poll, { state: 'complete' });
    expect(await storage.runStore.dueRuns(100)).toContain(full?.runId);
    await client.query('UPDATE integrations SET next_poll_at = now() WHERE id = $1', [id]);
    expect(await pollOf(id)).toBeUndefined();
    await claim(storage, full?.runId ?? '');
  });

  test('take over from a full run whose host was silent too long, which finds its fence gone', async () => {
    const id = await listed();
    const full = await newRun(storage, id, 0);
    await client.query('UPDATE integrations SET next_poll_at = now() WHERE id = $1', [id]);
    await client.query(`INSERT INTO sync_runs (integration_id, cause, mode) VALUES ($1, 'scheduled', 'poll')`, [id]);
    const { rows } = await client.query<{ readonly id: string }>(
      `SELECT id FROM sync_runs WHERE integration_id = $1 AND mode = 'poll'`,
      [id],
    );
    await claim(storage, rows[0]?.id ?? '');
    expect(await storage.runStore.renew(full, 60_000)).toBe('lost');
    await expect(storage.runStore.commitPage(full, page(GROUPS, [group('g8')], LAST), guarded)).rejects.toThrow(FenceLostError);
    expect((await storage.runs.get(WORKSPACE, full.runId))?.state).toBe('queued');
  });

  test('that have only read the log leave no row either', async () => {
    const id = await listed();
    const lease = await claim(storage, (await pollOf(id)) ?? '');
    await storage.runStore.openStreams(lease, [EVENTS], true);
    await storage.runStore.commitPage(lease, page(EVENTS, [event('e9', now())], { done: true, resumeFrom: 'e9' }), guarded);
    await storage.runStore.finish(lease, { state: 'complete' });
    expect(await storage.runs.get(WORKSPACE, lease.runId)).toBeUndefined();
  });

  test('of two claims at once for two runs of one integration one wins', async () => {
    const id = await listed();
    const pollId = (await pollOf(id)) ?? '';
    const full = await storage.runs.enqueue(WORKSPACE, id, 'manual');
    const claims = await Promise.all([
      storage.runStore.claim(pollId, 'a', 5_000),
      storage.runStore.claim(full?.runId ?? '', 'b', 5_000),
    ]);
    expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
  });
});

test('what a listing changes after the log was read is drift', async () => {
  const id = await listed();
  const lease = await newRun(storage, id);
  await storage.runStore.openStreams(lease, STREAMS);
  await storage.runStore.reconciles(lease);
  await storage.runStore.commitPage(
    lease,
    page(ACCOUNTS, [account('u1', { login: 'missed' }), account('u3')], LAST),
    () => 'sweep',
  );
  await storage.runStore.commitPage(lease, page(GROUPS, [group('g1'), group('g2')], LAST), guarded);
  await storage.runStore.finish(lease, { state: 'complete' });
  const run = await storage.runs.get(WORKSPACE, lease.runId);
  expect(run?.reconciles).toBe(true);
  // u1 changed, u3 came, u2 went.
  expect(run?.streamRuns.find(({ stream }) => stream === 'accounts')?.drift).toBe(3);
  expect(run?.streamRuns.find(({ stream }) => stream === 'groups')?.drift).toBe(0);
});
