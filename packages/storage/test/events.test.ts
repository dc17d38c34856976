import type { SweepRule } from '@castellan/sync-engine';
import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID, type Storage } from '../src/index.js';
import { account, ACCOUNTS, EVENTS, event, guarded, LAST, page } from './fixtures/samples.js';
import { claim, newIntegration, newRun, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
}, 60_000);
afterAll(() => databases.close());

afterEach(async () => {
  for (const { id } of (await storage.integrations.list(DEFAULT_WORKSPACE_ID)).integrations)
    await storage.integrations.delete(DEFAULT_WORKSPACE_ID, id);
  await client.query('DELETE FROM events');
});

interface EventRow {
  readonly type: string;
  readonly workspace_id: string;
  readonly data: Record<string, unknown>;
}

async function events(type: string): Promise<readonly EventRow[]> {
  const { rows } = await client.query<EventRow>(
    'SELECT type, workspace_id, data FROM events WHERE type = $1 ORDER BY occurred_at, id',
    [type],
  );
  return rows;
}

describe('run.finished', () => {
  test('tells how a full run ended and what it did', async () => {
    const integration = await newIntegration(storage, 'Acme');
    await sync(storage, integration, [ACCOUNTS], [page(ACCOUNTS, [account('u1'), account('u2')], LAST)]);
    await sync(storage, integration, [ACCOUNTS], [page(ACCOUNTS, [account('u1'), account('u2', { login: 'new' })], LAST)]);
    const [first, second, ...none] = await events('run.finished');
    expect(none).toEqual([]);
    expect(first).toMatchObject({
      workspace_id: DEFAULT_WORKSPACE_ID,
      data: { integration, name: 'Acme', mode: 'full', cause: 'manual', state: 'complete', error: null },
    });
    expect(first?.data['counts']).toEqual({
      created: 2,
      changed: 0,
      unchanged: 0,
      removed: 0,
      rejected: 0,
      unlisted: 0,
      refreshed: 0,
    });
    expect(second?.data['counts']).toMatchObject({ created: 0, changed: 1, unchanged: 1 });
    expect(Date.parse(String(second?.data['finishedAt']))).toBeGreaterThanOrEqual(
      Date.parse(String(second?.data['startedAt'])),
    );
  });

  test('tells why a run has failed, and nothing of one that goes on later', async () => {
    const integration = await newIntegration(storage);
    const lease = await newRun(storage, integration);
    const limited = { kind: 'rate_limit', message: 'Acme asks for a pause.' } as const;
    await storage.runStore.finish(lease, { state: 'waiting', resumeAfterMs: 0, error: limited });
    expect(await events('run.finished')).toEqual([]);
    const error = { kind: 'auth', message: 'The key was revoked.' } as const;
    await storage.runStore.finish(await claim(storage, lease.runId), { state: 'failed', error });
    expect((await events('run.finished')).map(({ data }) => [data['state'], data['error']])).toEqual([['failed', error]]);
  });

  test('is part of what it tells: a run whose lease was lost tells nothing', async () => {
    const lease = await newRun(storage, await newIntegration(storage));
    await expect(storage.runStore.finish({ ...lease, fence: lease.fence - 1 }, { state: 'complete' })).rejects.toThrow(/lease/);
    expect(await events('run.finished')).toEqual([]);
  });

  test('of a run that nobody had begun tells that it was cancelled, once', async () => {
    const integration = await newIntegration(storage);
    const run = await storage.runs.enqueue(DEFAULT_WORKSPACE_ID, integration, 'manual');
    await storage.runs.requestCancel(DEFAULT_WORKSPACE_ID, run?.runId ?? '');
    await storage.runs.requestCancel(DEFAULT_WORKSPACE_ID, run?.runId ?? '');
    const told = await events('run.finished');
    expect(told.map(({ data }) => [data['run'], data['state'], data['startedAt']])).toEqual([[run?.runId, 'cancelled', null]]);
  });

  test('is not told of a poll that has found nothing, and is told of one that failed', async () => {
    const integration = await newIntegration(storage);
    await sync(storage, integration, [ACCOUNTS], [page(ACCOUNTS, [account('u1')], LAST)]);
    await client.query('DELETE FROM events');
    await endPoll({ state: 'complete' });
    expect(await events('run.finished')).toEqual([]);
    await endPoll({ state: 'failed', error: { kind: 'auth', message: 'Revoked.' } });
    expect((await events('run.finished')).map(({ data }) => [data['mode'], data['state']])).toEqual([['poll', 'failed']]);
  });

  async function endPoll(outcome: Parameters<Storage['runStore']['finish']>[1]): Promise<void> {
    await client.query('UPDATE integrations SET next_poll_at = now()');
    const [poll] = await storage.schedule.enqueueDuePolls(60);
    const lease = await claim(storage, poll?.runId ?? '');
    await storage.runStore.openStreams(lease, [EVENTS]);
    await storage.runStore.commitPage(lease, page(EVENTS, [event('e1', new Date().toISOString())], LAST), guarded);
    await storage.runStore.finish(lease, outcome);
  }
});

describe('integration.status_changed', () => {
  async function announce(state: string): Promise<number> {
    const touched = await storage.announcements.touched(10);
    const told = [];
    for (const one of touched)
      told.push(await storage.announcements.announce(one, async () => ({ state, message: `It is ${state}.`, next: null })));
    return told.filter(Boolean).length;
  }

  test('is told when the word differs, and not when only the time does', async () => {
    const integration = await newIntegration(storage, 'Acme');
    expect(await announce('never_synced')).toBe(1);
    expect(await announce('syncing')).toBe(0); // nobody has touched it, so nobody looks
    await storage.integrations.update(DEFAULT_WORKSPACE_ID, integration, { paused: true });
    expect(await announce('never_synced')).toBe(0);
    await storage.integrations.update(DEFAULT_WORKSPACE_ID, integration, { paused: false });
    expect(await announce('syncing')).toBe(1);
    expect((await events('integration.status_changed')).map(({ data }) => data)).toEqual([
      {
        integration,
        name: 'Acme',
        from: null,
        to: 'never_synced',
        status: { state: 'never_synced', message: 'It is never_synced.', next: null },
      },
      {
        integration,
        name: 'Acme',
        from: 'never_synced',
        to: 'syncing',
        status: { state: 'syncing', message: 'It is syncing.', next: null },
      },
    ]);
  });

  test('a provider that begins or ceases to limit a run makes somebody look, and nothing else that a run notes', async () => {
    const lease = await newRun(storage, await newIntegration(storage));
    const look = async (...reasons: readonly string[]): Promise<boolean> => {
      await announce('syncing');
      const waits = reasons.map((reason) => ({ bucket: 'users', until: '2026-11-23T10:00:00.000Z', reason }));
      await storage.runStore.noteProgress(lease, { at: '2026-11-23T09:00:00.000Z', plan: null, waits });
      return (await storage.announcements.touched(10)).length > 0;
    };
    expect(await look('pace')).toBe(false);
    expect(await look('pace', 'rate_limit')).toBe(true);
    expect(await look('rate_limit')).toBe(false);
    expect(await look()).toBe(true);
    expect(await look()).toBe(false);
    await storage.runStore.noteProgress({ ...lease, fence: lease.fence - 1 }, { at: '', plan: null, waits: [] });
    expect((await storage.runs.get(DEFAULT_WORKSPACE_ID, lease.runId))?.progress?.at).toBe('2026-11-23T09:00:00.000Z');
  });

  test('a full run that its host has left for 30 seconds makes somebody look once, and again when it goes on', async () => {
    const lease = await newRun(storage, await newIntegration(storage));
    const touches = async (): Promise<boolean> => {
      await storage.announcements.touchInterrupted('interrupted');
      return (await storage.announcements.touched(10)).length > 0;
    };
    const leaseEnded = (seconds: number) =>
      client.query(`UPDATE sync_runs SET lease_until = now() - $1 * interval '1 second'`, [seconds]);
    await announce('syncing');
    expect(await touches()).toBe(false);
    await leaseEnded(29);
    expect(await touches()).toBe(false);
    await leaseEnded(31);
    expect(await touches()).toBe(true);
    await announce('interrupted');
    expect(await touches()).toBe(false);
    await storage.runStore.renew(lease, 60_000);
    expect(await touches()).toBe(true);
    await announce('syncing');
    await storage.integrations.update(DEFAULT_WORKSPACE_ID, lease.integrationId, { paused: true });
    await announce('paused');
    await leaseEnded(31);
    expect(await touches()).toBe(false);
  });

  const everything: SweepRule = () => 'hold';
  test('everything that may change a status makes somebody look', async () => {
    const integration = await newIntegration(storage);
    const touches = async (): Promise<boolean> => (await storage.announcements.touched(10)).length > 0;
    const look = (): Promise<number> => announce('healthy');
    const steps: [string, () => Promise<unknown>][] = [
      ['settings changed', () => storage.integrations.update(DEFAULT_WORKSPACE_ID, integration, { name: 'Other' })],
      ['sync asked for', () => storage.runs.enqueue(DEFAULT_WORKSPACE_ID, integration, 'manual')],
      ['run cancelled', async () => cancelLive()],
      [
        'run due',
        async () => (await client.query('UPDATE integrations SET next_run_at = now()'), storage.schedule.enqueueDue()),
      ],
      ['run claimed', async () => claim(storage, await liveRun())],
      ['cancel of a run at work asked for', async () => cancelLive()],
    ];
    await look();
    for (const [what, step] of steps) {
      expect([what, await touches()]).toEqual([what, false]);
      await step();
      expect([what, await touches()]).toEqual([what, true]);
      await look();
    }
    await client.query(`UPDATE sync_runs SET state = 'failed', finished_at = now()`);
    for (const decide of ['reject', 'accept'] as const) {
      await sync(storage, integration, [ACCOUNTS], [page(ACCOUNTS, [account(`only ${decide}`)], LAST)]);
      const lease = await newRun(storage, integration);
      await storage.runStore.openStreams(lease, [ACCOUNTS]);
      await storage.runStore.commitPage(lease, page(ACCOUNTS, [account('another')], LAST), everything);
      await look();
      await storage.runStore.finish(lease, { state: 'complete' });
      expect(await touches()).toBe(true);
      await look();
      const [hold] = (await storage.holds.list(DEFAULT_WORKSPACE_ID, { state: 'open' })).holds;
      await storage.holds[decide](DEFAULT_WORKSPACE_ID, hold?.id ?? '', 'Ana');
      expect(await touches()).toBe(true);
      await look();
    }
  });

  test('two hosts that look at once tell it once', async () => {
    await newIntegration(storage);
    const [touched] = await storage.announcements.touched(10);
    if (touched === undefined) throw new Error('nothing was touched');
    const slowly = async () => {
      await client.query('SELECT pg_sleep(0.1)');
      return { state: 'syncing', message: '', next: null };
    };
    const told = await Promise.all([
      storage.announcements.announce(touched, slowly),
      storage.announcements.announce(touched, slowly),
    ]);
    expect(told.toSorted()).toEqual([false, true]);
    expect(await events('integration.status_changed')).toHaveLength(1);
  });

  test('what happens while somebody looks is looked at again', async () => {
    const integration = await newIntegration(storage);
    const [touched] = await storage.announcements.touched(10);
    if (touched === undefined) throw new Error('nothing was touched');
    let change: Promise<unknown> = Promise.resolve();
    await storage.announcements.announce(touched, async () => {
      // On a connection of its own, as another host would.
      change = client.query(`UPDATE integrations SET touched_at = clock_timestamp() WHERE id = $1`, [integration]);
      return { state: 'syncing', message: '', next: null };
    });
    await change;
    expect(await storage.announcements.touched(10)).toHaveLength(1);
  });
});

async function liveRun(): Promise<string> {
  const { rows } = await client.query<{ readonly id: string }>(
    `SELECT id FROM sync_runs WHERE state IN ('queued', 'running', 'waiting')`,
  );
  return rows[0]?.id ?? '';
}

async function cancelLive(): Promise<void> {
  expect(await storage.runs.requestCancel(DEFAULT_WORKSPACE_ID, await liveRun())).toBe(true);
}
