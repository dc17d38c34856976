import { randomUUID } from 'node:crypto';
import type { ClaimedRun, RunMode } from '@castellan/sync-engine';
import type pg from 'pg';
import { keyFromText, openStorage, type Storage } from '../src/index.js';
import { SILENT, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
let url: string;

beforeAll(async () => {
  url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
});
beforeEach(async () => {
  await client.query('UPDATE integrations SET paused = true');
});
afterAll(() => databases.close());

const LEASE_MS = 60_000;

async function workspace(): Promise<string> {
  const id = randomUUID();
  await client.query('INSERT INTO workspaces (id, name) VALUES ($1, $2)', [id, `Workspace ${id}`]);
  return id;
}

interface Waiting {
  readonly mode?: RunMode;
  readonly cause?: 'manual' | 'scheduled';
  /** Since how many seconds it waits. */
  readonly seconds?: number;
}

/** A run of an integration of its own. @returns its id */
async function waits(workspaceId: string, { mode = 'full', cause = 'scheduled', seconds = 10 }: Waiting = {}): Promise<string> {
  const wanted = { connectorId: 'fake', name: randomUUID(), config: {}, secrets: {} };
  const { id } = await storage.integrations.create(workspaceId, wanted);
  const { rows } = await client.query<{ readonly id: string }>(
    `INSERT INTO sync_runs (integration_id, cause, mode, created_at) VALUES ($1, $2, $3, now() - $4 * interval '1 second') RETURNING id`,
    [id, cause, mode, seconds],
  );
  return rows[0]?.id ?? '';
}

const next = (withFull = true, of: Storage = storage): Promise<ClaimedRun | undefined> =>
  of.runStore.claimNext('host', LEASE_MS, withFull);

async function turns(count: number): Promise<readonly (string | undefined)[]> {
  const claimed: (string | undefined)[] = [];
  for (let turn = 0; turn < count; turn += 1) claimed.push((await next())?.runId);
  return claimed;
}

async function limited(runsOfWorkspace: number): Promise<Storage> {
  const opened = await openStorage({ url, dataDir: '', key: keyFromText('5a'.repeat(32)), logger: SILENT, runsOfWorkspace });
  return opened;
}

describe('whose turn it is', () => {
  test('a workspace of many does not keep one of a single integration waiting', async () => {
    const many = await workspace();
    const first = await waits(many, { seconds: 50 });
    const second = await waits(many, { seconds: 40 });
    const third = await waits(many, { seconds: 30 });
    const single = await waits(await workspace(), { seconds: 5 });
    expect(await turns(5)).toEqual([first, single, second, third, undefined]);
  });

  test('what is new first, then what a person asked for, then the schedule', async () => {
    const scheduled = await waits(await workspace(), { seconds: 30 });
    const asked = await waits(await workspace(), { cause: 'manual', seconds: 20 });
    const poll = await waits(await workspace(), { mode: 'poll', seconds: 10 });
    expect(await turns(3)).toEqual([poll, asked, scheduled]);
  });

  test('polls without end do not keep a listing waiting for more than a minute', async () => {
    const polls = await workspace();
    const old = await waits(await workspace(), { seconds: 61 });
    await waits(polls, { mode: 'poll' });
    expect((await next())?.runId).toBe(old);
  });

  test('the place that is kept for polls takes no listing', async () => {
    const full = await waits(await workspace());
    expect(await next(false)).toBeUndefined();
    const poll = await waits(await workspace(), { mode: 'poll' });
    expect((await next(false))?.runId).toBe(poll);
    expect((await next())?.runId).toBe(full);
  });

  test('what has given way is behind those that waited meanwhile', async () => {
    const one = await workspace();
    const first = await waits(one, { seconds: 50 });
    const second = await waits(one, { seconds: 40 });
    const claimed = await next();
    expect(claimed?.runId).toBe(first);
    if (claimed !== undefined) await storage.runStore.finish(claimed, { state: 'queued' });
    expect(await turns(2)).toEqual([second, first]);
  });

  test('whoever edits an integration keeps nobody else waiting', async () => {
    const edited = await waits(await workspace(), { seconds: 50 });
    const other = await waits(await workspace(), { seconds: 40 });
    const editor = await databases.client(url);
    await editor.query('BEGIN');
    await editor.query('SELECT FROM integrations WHERE id = (SELECT integration_id FROM sync_runs WHERE id = $1) FOR UPDATE', [
      edited,
    ]);
    expect(await turns(2)).toEqual([other, undefined]);
    await editor.query('ROLLBACK');
    expect(await turns(1)).toEqual([edited]);
  });

  test('twelve that claim at once get each another one', async () => {
    const hosts = await Promise.all([1, 2, 3].map(() => databases.open(url)));
    const one = await workspace();
    const waiting = await Promise.all(Array.from({ length: 9 }, () => waits(one)));
    const claimed = await Promise.all(Array.from({ length: 12 }, (_, n) => next(true, hosts[n % 3])));
    const ids = claimed.flatMap((run) => (run === undefined ? [] : [run.runId]));
    expect(ids.toSorted()).toEqual(waiting.toSorted());
  });
});

describe('the limit of a workspace', () => {
  test('holds over all hosts, also when they claim at once', async () => {
    const hosts = await Promise.all([1, 2, 3].map(() => limited(2)));
    try {
      const one = await workspace();
      await Promise.all(Array.from({ length: 6 }, () => waits(one)));
      const other = await waits(await workspace(), { seconds: 1 });
      const claimed = await Promise.all(Array.from({ length: 9 }, (_, n) => next(true, hosts[n % 3])));
      const runs = claimed.flatMap((run) => (run === undefined ? [] : [run]));
      expect(runs).toHaveLength(3);
      expect(runs.map(({ runId }) => runId)).toContain(other);
      // The others are not due for anybody: nobody is to look for them again and again.
      expect(await hosts[0]?.runStore.dueRuns(100)).toEqual([]);
      const [ended] = runs.filter(({ runId }) => runId !== other);
      if (ended !== undefined) await storage.runStore.finish(ended, { state: 'complete' });
      expect(await hosts[0]?.runStore.dueRuns(100)).toHaveLength(4);
    } finally {
      await Promise.all(hosts.map((host) => host.close()));
    }
  });
});

describe('giving way', () => {
  const renewed = (run: ClaimedRun | undefined, isTurnOver = true) => {
    if (run === undefined) throw new Error('nothing was claimed');
    return storage.runStore.renew(run, LEASE_MS, isTurnOver);
  };

  test('a run keeps its place while nobody waits, and while its turn is not over', async () => {
    const one = await workspace();
    await waits(one);
    const claimed = await next();
    expect(await renewed(claimed)).toBe('held');
    await waits(one, { seconds: 10 });
    expect(await renewed(claimed, false)).toBe('held');
    expect(await renewed(claimed)).toBe('wanted');
  });

  test('who has only just begun to wait gets the place that is free anyway', async () => {
    const one = await workspace();
    await waits(one);
    const claimed = await next();
    await waits(one, { seconds: 0 });
    expect(await renewed(claimed)).toBe('held');
  });

  test('a workspace that has one at work does not give way to one that has as many', async () => {
    const rich = await workspace();
    const poor = await workspace();
    await waits(rich, { seconds: 50 });
    await waits(poor, { seconds: 40 });
    const ofRich = await next();
    const ofPoor = await next();
    await waits(rich, { seconds: 30 });
    // Of its own workspace another one waits: they take turns. The other workspace would get no more than it has.
    expect(await renewed(ofRich)).toBe('wanted');
    expect(await renewed(ofPoor)).toBe('held');
    // Now the first has two at work, and the second workspace waits with another: two are more than one.
    await next();
    await waits(poor, { seconds: 30 });
    expect(await renewed(ofRich)).toBe('wanted');
  });

  test('what is paused wants no place', async () => {
    const one = await workspace();
    await waits(one);
    const claimed = await next();
    const paused = await waits(one);
    await client.query(
      'UPDATE integrations SET paused = true WHERE id = (SELECT integration_id FROM sync_runs WHERE id = $1)',
      [paused],
    );
    expect(await renewed(claimed)).toBe('held');
  });
});
