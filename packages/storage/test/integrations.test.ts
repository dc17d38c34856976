import pg from 'pg';
import {
  ConfigChangedError,
  DEFAULT_WORKSPACE_ID as WORKSPACE,
  type Integration,
  IntegrationPausedError,
  NameTakenError,
  type Storage,
} from '../src/index.js';
import { ACCOUNTS, account, EVENTS, event, GROUPS, group, guarded, LAST, more, page } from './fixtures/samples.js';
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

async function newUser(name: string, workspace = WORKSPACE): Promise<string> {
  const { rows } = await client.query<{ readonly id: string }>(
    `INSERT INTO users (workspace_id, email, email_key, name, role) VALUES ($1, $2::text, $2::text, $2::text, 'viewer') RETURNING id`,
    [workspace, name],
  );
  return rows[0]?.id ?? '';
}

async function get(id: string): Promise<Integration> {
  const integration = await storage.integrations.get(WORKSPACE, id);
  if (integration === undefined) throw new Error('no such integration');
  return integration;
}

const column = async (id: string, name: string): Promise<unknown> =>
  (await client.query<{ readonly value: unknown }>(`SELECT ${name} AS value FROM integrations WHERE id = $1`, [id])).rows[0]
    ?.value;

describe('owner', () => {
  test('the text of an earlier release is shown until a user is named, and does not come back after him', async () => {
    const id = await newIntegration(storage, 'Owned');
    await client.query(`UPDATE integrations SET owner = 'Ana of IT' WHERE id = $1`, [id]);
    expect((await get(id)).owner).toEqual({ id: null, name: 'Ana of IT' });
    const ben = await newUser('Ben');
    await storage.integrations.update(WORKSPACE, id, { ownerId: ben });
    expect((await get(id)).owner).toEqual({ id: ben, name: 'Ben' });
    await client.query('DELETE FROM users WHERE id = $1', [ben]);
    expect((await get(id)).owner).toBeNull();
  });

  test('only a user of the workspace can be one', async () => {
    const workspace = '00000000-0000-4000-8000-0000000000bb';
    await client.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'Other')`, [workspace]);
    const cleo = await newUser('Cleo', workspace);
    expect(await storage.integrations.possibleOwner(WORKSPACE, cleo)).toBeUndefined();
    expect(await storage.integrations.possibleOwner(workspace, cleo)).toEqual({ id: cleo, name: 'Cleo', disabledAt: null });
  });
});

test('a chosen name is refused when it is taken, a default one is numbered', async () => {
  const input = { connectorId: 'fake', name: 'Twice', config: {}, secrets: {} };
  await storage.integrations.create(WORKSPACE, { ...input, isNameChosen: true });
  await expect(storage.integrations.create(WORKSPACE, { ...input, isNameChosen: true })).rejects.toThrow(NameTakenError);
  expect((await storage.integrations.create(WORKSPACE, input)).name).toBe('Twice 2');
});

test('of two who change the settings that they have read, one is told', async () => {
  const id = await newIntegration(storage, 'Contested');
  const { configRevision } = await get(id);
  const change = (name: string) =>
    storage.integrations.update(WORKSPACE, id, { config: { name }, secrets: { token: name } }, configRevision);
  const results = await Promise.allSettled([change('one'), change('two'), change('three')]);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.map(({ reason }) => reason)).toEqual([expect.any(ConfigChangedError), expect.any(ConfigChangedError)]);
  // The settings and the secret are one person's.
  const opened = await storage.integrationStore.open(id);
  expect(opened?.config['token']).toBe(opened?.config['name']);
  expect((await get(id)).configRevision).toBe(configRevision + 1);
  // A new name is no change of settings.
  expect((await storage.integrations.update(WORKSPACE, id, { name: 'Renamed' }))?.configRevision).toBe(configRevision + 1);
});

/** How many statements `work` sends. */
async function counted(work: () => Promise<void>): Promise<number> {
  const query = pg.Client.prototype.query;
  let queries = 0;
  // Every connection of the pool asks through this one method.
  const counting = function (this: pg.Client, ...args: unknown[]): unknown {
    queries += 1;
    return Reflect.apply(query, this, args);
  };
  Object.assign(pg.Client.prototype, { query: counting });
  try {
    await work();
  } finally {
    Object.assign(pg.Client.prototype, { query });
  }
  return queries;
}

describe('the list', () => {
  test('comes in pages, also when the last one of a page is deleted meanwhile', async () => {
    const other = await databases.open();
    // In one transaction all have the same moment of creation: the id must decide.
    const made = await other.transaction(async () => {
      const ids: string[] = [];
      for (let n = 0; n < 7; n += 1) ids.push(await newIntegration(other, 'Many'));
      return ids;
    });
    const first = await other.integrations.list(WORKSPACE, { limit: 3 });
    expect(first.integrations).toHaveLength(3);
    await other.integrations.delete(WORKSPACE, first.integrations.at(-1)?.id ?? '');
    const second = await other.integrations.list(WORKSPACE, { limit: 4, after: first.next ?? '' });
    expect(second.next).toBeNull();
    expect(first.next).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\|[0-9a-f-]{36}$/);
    const listed = [...first.integrations, ...second.integrations].map(({ id }) => id);
    expect(listed.toSorted()).toEqual(made.toSorted());
  });

  test('many integrations and what is known of them are read with as many queries as one', async () => {
    const ids = [];
    for (let n = 0; n < 6; n += 1) {
      ids.push(await newIntegration(storage, 'Counted'));
      await sync(storage, ids.at(-1) ?? '', [ACCOUNTS, GROUPS], [page(ACCOUNTS, [account('a')], LAST), page(GROUPS, [], LAST)]);
    }
    const read = (limit: number): Promise<number> =>
      counted(async () => {
        const { integrations } = await storage.integrations.list(WORKSPACE, { limit });
        expect(integrations).toHaveLength(limit);
        const known = await storage.integrationFacts.read(
          WORKSPACE,
          integrations.map(({ id }) => id),
        );
        expect(known.size).toBe(limit);
      });
    const one = await read(1);
    expect(one).toBeGreaterThan(0);
    expect(await read(6)).toBe(one);
    const known = await storage.integrationFacts.read(WORKSPACE, ids);
    for (const { run, streams } of known.values()) expect([run?.state, streams.length]).toEqual(['complete', 2]);
  });
});

describe('facts', () => {
  test('the latest full run and the latest poll that is over, with rejected rows', async () => {
    const id = await newIntegration(storage, 'Facts');
    const rejected = [{ at: 'page 1', reason: 'no id' }];
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [account('a')], LAST, { rejected })]);
    const facts = (await storage.integrationFacts.read(WORKSPACE, [id])).get(id);
    expect(facts).toMatchObject({
      openHolds: 0,
      poll: undefined,
      run: { state: 'complete', rejected: { accounts: 1 }, abandoned: false },
    });
    const elsewhere = await storage.integrationFacts.read('00000000-0000-4000-8000-00000000beef', [id]);
    expect(elsewhere.get(id)).toEqual({ run: undefined, poll: undefined, streams: [], openHolds: 0 });
  });

  test('a run is abandoned when its lease ran out long ago, and not a moment ago', async () => {
    const id = await newIntegration(storage, 'Left');
    const { runId } = await newRun(storage, id, 1);
    const abandoned = async () => (await storage.integrationFacts.read(WORKSPACE, [id])).get(id)?.run?.abandoned;
    await client.query('SELECT pg_sleep(0.01)');
    expect(await abandoned()).toBe(false);
    await client.query(`UPDATE sync_runs SET lease_until = now() - interval '31 seconds' WHERE id = $1`, [runId]);
    expect(await abandoned()).toBe(true);
  });
});

describe('pause', () => {
  test('no run begins, not even one that was made before, until it is resumed', async () => {
    const id = await newIntegration(storage, 'Quiet');
    const made = await storage.runs.enqueue(WORKSPACE, id, 'manual');
    const runId = made?.runId ?? '';
    await storage.integrations.update(WORKSPACE, id, { paused: true });
    await client.query(`UPDATE integrations SET next_run_at = now() - interval '1 hour', next_poll_at = now() WHERE id = $1`, [
      id,
    ]);
    expect(await storage.runStore.claim(runId, 'test', 1_000)).toBeUndefined();
    expect(await storage.runStore.dueRuns(100)).not.toContain(runId);
    await expect(storage.runs.enqueue(WORKSPACE, id, 'manual')).rejects.toThrow(IntegrationPausedError);
    const begun = [...(await storage.schedule.enqueueDue()), ...(await storage.schedule.enqueueDuePolls(60))];
    expect(begun.map(({ integrationId }) => integrationId)).not.toContain(id);
    await storage.integrations.update(WORKSPACE, id, { paused: false });
    expect((await claim(storage, runId)).runId).toBe(runId);
  });

  test('a sync that is asked for while somebody pauses waits for him, and is refused', async () => {
    const id = await newIntegration(storage, 'Race');
    let asked: Promise<unknown> = Promise.resolve();
    const other = await databases.open(url);
    await storage.transaction(async () => {
      await storage.integrations.update(WORKSPACE, id, { paused: true });
      asked = other.runs.enqueue(WORKSPACE, id, 'manual').catch((error: unknown) => error);
      // Until the other one waits for this transaction.
      for (let waits = 0; waits === 0; ) {
        const { rows } = await client.query<{ readonly waits: number }>(
          `SELECT count(*)::int AS waits FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%sync_runs%'`,
        );
        waits = rows[0]?.waits ?? 0;
      }
    });
    expect(await asked).toBeInstanceOf(IntegrationPausedError);
  });

  test('what is under way ends at once: its next page is refused', async () => {
    const id = await newIntegration(storage, 'Cut');
    const lease = await newRun(storage, id);
    await storage.runStore.openStreams(lease, [ACCOUNTS]);
    await storage.runStore.commitPage(lease, page(ACCOUNTS, [account('a')], more('1')), guarded);
    expect(await storage.runs.endLive(WORKSPACE, id)).toEqual(['full']);
    await expect(storage.runStore.commitPage(lease, page(ACCOUNTS, [account('b')], LAST), guarded)).rejects.toThrow(/lost/);
    expect(await storage.runStore.renew(lease, 1_000)).toBe('lost');
    expect(await storage.runs.get(WORKSPACE, lease.runId)).toMatchObject({ state: 'cancelled', finishedAt: expect.any(Date) });
    expect(await storage.streams.list(WORKSPACE, id)).toMatchObject([{ status: 'incomplete' }]);
    // Another one can begin beside the host that has not noticed yet.
    expect((await newRun(storage, id)).fence).toBe(1);
  });
});

test('a default name costs the same however many integrations have it', async () => {
  const other = await databases.open();
  const create = (name = 'Acme') =>
    other.integrations.create(WORKSPACE, { connectorId: 'fake', name, config: {}, secrets: {} }).then((made) => made.name);
  expect(await create()).toBe('Acme');
  for (const name of ['Acme 40', 'Acme 41 of Globex', 'Acme of Globex', 'Acmes 99', 'Acme 007']) await create(name);
  const statements = await counted(async () => expect(await create()).toBe('Acme 41'));
  expect(statements).toBeLessThan(10);
  // Those who ask at once get one each.
  const names = await Promise.all(Array.from({ length: 4 }, () => create()));
  expect(names.toSorted()).toEqual(['Acme 42', 'Acme 43', 'Acme 44', 'Acme 45']);
  expect(await create('50%_')).toBe('50%_');
  expect(await create('50%_')).toBe('50%_ 2');
});

describe('polls', () => {
  const due = async (hostSeconds: number) =>
    (await storage.schedule.enqueueDuePolls(hostSeconds)).map(({ integrationId }) => integrationId);
  const again = (id: string) =>
    client.query(
      `WITH gone AS (DELETE FROM sync_runs WHERE integration_id = $1) UPDATE integrations SET next_poll_at = now() WHERE id = $1`,
      [id],
    );

  test('an integration decides how often, also never; one that does not decide follows the host', async () => {
    const id = await newIntegration(storage, 'Polled');
    await again(id);
    expect(await due(0)).not.toContain(id);
    expect(await due(60)).toContain(id);
    await storage.integrations.update(WORKSPACE, id, { pollSeconds: 0 });
    await again(id);
    expect(await due(60)).not.toContain(id);
    await storage.integrations.update(WORKSPACE, id, { pollSeconds: 30 });
    await again(id);
    expect(await due(0)).toContain(id);
  });

  test('another rhythm holds from now on, and begins no polls that are over', async () => {
    const seconds = async (id: string): Promise<number | null> => {
      const { rows } = await client.query<{ readonly left: number | null }>(
        'SELECT extract(epoch FROM next_poll_at - now())::float8 AS left FROM integrations WHERE id = $1',
        [id],
      );
      return rows[0]?.left ?? null;
    };
    const polled = await newIntegration(storage, 'Rhythm');
    const quiet = await newIntegration(storage, 'No rhythm');
    for (const pollSeconds of [86_400, null, 30]) {
      await client.query(`UPDATE integrations SET next_poll_at = now() + interval '1 day' WHERE id = $1`, [polled]);
      await storage.integrations.update(WORKSPACE, polled, { pollSeconds });
      expect(await seconds(polled)).toBeLessThanOrEqual(0);
      await storage.integrations.update(WORKSPACE, quiet, { pollSeconds });
      expect(await seconds(quiet)).toBeNull();
    }
    // The same again moves nothing.
    await client.query(`UPDATE integrations SET next_poll_at = now() + interval '20 seconds' WHERE id = $1`, [polled]);
    await storage.integrations.update(WORKSPACE, polled, { pollSeconds: 30 });
    expect(await seconds(polled)).toBeGreaterThan(10);
  });

  test('new settings begin them again where something was listed, and nowhere else', async () => {
    const listed = await newIntegration(storage, 'Listed');
    await sync(storage, listed, [ACCOUNTS], [page(ACCOUNTS, [account('a')], LAST)]);
    const never = await newIntegration(storage, 'Never');
    for (const id of [listed, never]) {
      await client.query('UPDATE integrations SET next_poll_at = NULL, poll_failures = 3 WHERE id = $1', [id]);
      await storage.integrations.update(WORKSPACE, id, { name: `${id} renamed` });
      expect(await column(id, 'next_poll_at')).toBeNull();
      await storage.integrations.update(WORKSPACE, id, { config: { changed: true } });
      expect(await column(id, 'poll_failures')).toBe(0);
    }
    expect(await column(listed, 'next_poll_at')).not.toBeNull();
    expect(await column(never, 'next_poll_at')).toBeNull();
  });
});

test('a deleted integration is gone at once; what it had collected goes in pieces, and nobody else loses a row', async () => {
  const collect = async (name: string): Promise<string> => {
    const id = await newIntegration(storage, name);
    const users = Array.from({ length: 40 }, (_, n) => account(`u${n}`));
    const events = Array.from({ length: 30 }, (_, n) => event(`e${n}`, `2026-0${(n % 3) + 1}-01T00:00:00.000Z`));
    await sync(
      storage,
      id,
      [ACCOUNTS, GROUPS, EVENTS],
      [page(ACCOUNTS, users, LAST), page(GROUPS, [group('g')], LAST), page(EVENTS, events, LAST)],
    );
    return id;
  };
  const rows = async (id: string): Promise<number> => {
    const {
      rows: [row],
    } = await client.query<{ readonly n: number }>(
      `SELECT ((SELECT count(*) FROM accounts WHERE integration_id = $1) + (SELECT count(*) FROM groups WHERE integration_id = $1)
         + (SELECT count(*) FROM activity WHERE integration_id = $1))::int AS n`,
      [id],
    );
    return row?.n ?? -1;
  };
  const kept = await collect('Kept');
  const doomed = await collect('Doomed too');
  expect(await storage.integrations.holdings(WORKSPACE, doomed)).toEqual({ runs: 1, holds: 0, secrets: 0 });
  expect(await storage.integrations.delete(WORKSPACE, doomed)).toBe(true);
  expect(await storage.integrations.get(WORKSPACE, doomed)).toBeUndefined();
  expect((await storage.records.list(WORKSPACE, doomed, 'account')).records).toEqual([]);
  expect(await rows(doomed)).toBe(71);
  await storage.deletedIntegrations.purge(25);
  expect(await rows(doomed)).toBe(46);
  while (await storage.deletedIntegrations.purge(25));
  expect(await rows(doomed)).toBe(0);
  expect(await rows(kept)).toBe(71);
  expect((await client.query('SELECT FROM deleted_integrations')).rowCount).toBe(0);
});
