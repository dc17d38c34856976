import { setTimeout as sleep } from 'node:timers/promises';
import { bounded } from '../src/database/bounded-statement.js';
import type { Storage } from '../src/index.js';
import { TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
beforeAll(async () => {
  storage = await databases.open(await databases.newDatabase());
});
afterAll(() => databases.close());

const NEVER = new AbortController().signal;

/** Statements of this database that sleep, as the server counts them. */
async function asleep(): Promise<number> {
  const [row] = await storage.queries.query<{ readonly n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'`,
  );
  return row?.n ?? 0;
}

test('what takes too long is ended at the server, and the connection goes on', async () => {
  const asked = storage.bounded({ mostMs: 100, unwanted: NEVER }, () => storage.queries.query('SELECT pg_sleep(600)'));
  await expect(asked).rejects.toMatchObject({ name: 'StatementEndedError', reason: 'too long' });
  expect(await asleep()).toBe(0);
  expect(storage.poolUsage()).toMatchObject({ busy: 0, waiting: 0 });
  expect(await storage.queries.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('in a transaction it takes back what the transaction has done, and the bound goes on to whatever is awaited', async () => {
  await storage.queries.query('CREATE TABLE done (n int)');
  const asked = storage.bounded({ mostMs: 100, unwanted: NEVER }, async () => {
    await storage.ping();
    await storage.transaction(async () => {
      await storage.queries.query('INSERT INTO done VALUES (1)');
      await storage.queries.query('SELECT pg_sleep(600)');
    });
  });
  await expect(asked).rejects.toMatchObject({ reason: 'too long' });
  expect(await storage.queries.query('SELECT n FROM done')).toEqual([]);
});

test('what nobody waits for any more is ended as well, and nothing else is begun', async () => {
  const leaving = new AbortController();
  const bounds = { mostMs: 600_000, unwanted: leaving.signal };
  const asked = storage.bounded(bounds, () => storage.queries.query('SELECT pg_sleep(600)'));
  const leave = async (): Promise<void> => {
    while ((await asleep()) === 0) await sleep(10);
    leaving.abort();
  };
  await Promise.all([expect(asked).rejects.toMatchObject({ reason: 'unwanted' }), leave()]);
  expect(await asleep()).toBe(0);
  await expect(storage.bounded(bounds, () => storage.queries.query('SELECT 1'))).rejects.toMatchObject({ reason: 'unwanted' });
});

test('also where all connections are busy with what is to be ended', async () => {
  const questions = Array.from({ length: 10 }, () =>
    storage.bounded({ mostMs: 500, unwanted: NEVER }, () => storage.queries.query('SELECT pg_sleep(600)')),
  );
  const ends = await Promise.allSettled(questions);
  expect(ends.map(({ status }) => status)).toEqual(Array(10).fill('rejected'));
  expect(storage.poolUsage()).toMatchObject({ busy: 0, waiting: 0 });
});

test('what is quick, and what is not bounded, is left alone', async () => {
  const bounds = { mostMs: 300, unwanted: NEVER };
  const slow = storage.queries.query(`SELECT 'done' AS state FROM pg_sleep(0.8)`);
  const quick = storage.bounded(bounds, async () => {
    const said: unknown[] = [];
    // Together they take longer than one may.
    for (let n = 0; n < 5; n += 1) said.push(...(await storage.queries.query(`SELECT ${n} AS n FROM pg_sleep(0.1)`)));
    return said;
  });
  expect(await quick).toEqual([0, 1, 2, 3, 4].map((n) => ({ n })));
  expect(await slow).toEqual([{ state: 'done' }]);
});

test('the error of a statement stays its own', async () => {
  const asked = storage.bounded({ mostMs: 60_000, unwanted: NEVER }, () => storage.queries.query('SELECT 1 / 0'));
  await expect(asked).rejects.toMatchObject({ code: '22012' });
});

test('the connection is lent again only when the end has arrived, however late, and no second one is under way', async () => {
  let ends = 0;
  let arrive: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const cancel = (): Promise<void> => {
    ends += 1;
    return new Promise((resolve) => {
      arrive = resolve;
    });
  };
  const statement = new Promise<never>((_, reject) => {
    fail = reject;
  });
  let isSettled = false;
  const asked = bounded(() => statement, cancel, { mostMs: 10, unwanted: NEVER }).catch((error: unknown) => error);
  void asked.finally(() => {
    isSettled = true;
  });
  // Longer than until the next try.
  await sleep(5_500);
  fail(Object.assign(new Error('canceling statement due to user request'), { code: '57014' }));
  await sleep(50);
  expect({ ends, isSettled }).toEqual({ ends: 1, isSettled: false });
  arrive();
  expect(await asked).toMatchObject({ reason: 'too long' });
});
