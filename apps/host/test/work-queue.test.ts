import { setTimeout as sleep } from 'node:timers/promises';
import { type HintStore, openHints, TurnQueue, WorkQueue } from '@castellan/scheduling';
import { ownDatabase, until } from './host-harness.js';
import { query } from './query.js';
import { isRedisHere, type RedisServer, startRedis, testOn } from './redis.js';

// Stands here and not in packages/scheduling because only the host brings the queue and a database together.
const warnings: string[] = [];
const log = { debug: () => undefined, warn: (message: string) => void warnings.push(message) };
const open: { close(): Promise<void> }[] = [];

interface Place {
  readonly connectionString: string;
  readonly redisUrl?: string;
}

let databaseUrl: string;
let redis: RedisServer | undefined;
beforeAll(async () => {
  databaseUrl = await ownDatabase();
  redis = isRedisHere ? await startRedis() : undefined;
}, 60_000);
afterAll(() => redis?.kill());

afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.close()));
  warnings.length = 0;
}, 30_000);

const BACKENDS = ['PostgreSQL', 'Redis'] as const;

describe.each(BACKENDS)('on %s', (backend) => {
  const on = testOn(backend);

  const place = (): Place => ({
    connectionString: databaseUrl,
    ...(backend === 'Redis' && redis !== undefined && { redisUrl: redis.url }),
  });
  /** Of a host of its own. */
  async function openStore(): Promise<HintStore> {
    return openHints({ ...place(), log });
  }

  async function openQueue(name = 'sync', concurrency = 4): Promise<WorkQueue> {
    const hints = await openStore();
    const queue = new WorkQueue(hints, { name, job: 'run', concurrency, log });
    open.push({ close: () => queue.close().then(() => hints.close()) });
    return queue;
  }

  async function openTurns(concurrency = 2): Promise<TurnQueue> {
    const hints = await openStore();
    const queue = new TurnQueue(hints, { name: 'turns', concurrency, log });
    open.push({ close: () => queue.close().then(() => hints.close()) });
    return queue;
  }

  on('delivers a run once while it is announced or worked on, and again afterwards', async () => {
    const queue = await openQueue();
    const looked: string[] = [];
    let release: () => void = () => undefined;
    queue.start({
      execute: (runId) => {
        looked.push(runId);
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      },
    });
    await queue.enqueue('a');
    await queue.enqueue('a');
    await until(() => looked.length === 1);
    await queue.enqueue('a');
    await sleep(300);
    expect(looked).toEqual(['a']);
    release();
    await sleep(300);
    expect(looked).toEqual(['a']);
    await queue.enqueue('a');
    await until(() => looked.length === 2);
    release();
  });

  on('a look that fails does not keep the run from being announced again', async () => {
    const queue = await openQueue();
    let looks = 0;
    queue.start({
      execute: async () => {
        looks += 1;
        if (looks === 1) throw new Error('database away');
      },
    });
    await queue.enqueue('b');
    await until(() => warnings.includes('work failed'));
    await sleep(200);
    await queue.enqueue('b');
    await until(() => looks === 2);
  });

  on('works on four runs at a time', async () => {
    const queue = await openQueue();
    let now = 0;
    let most = 0;
    let done = 0;
    queue.start({
      execute: async () => {
        now += 1;
        most = Math.max(most, now);
        await sleep(150);
        now -= 1;
        done += 1;
      },
    });
    await Promise.all(Array.from({ length: 10 }, (_, index) => queue.enqueue(`c${index}`)));
    await until(() => done === 10);
    expect(most).toBe(4);
  });

  on('close aborts the runs at work and waits until they are given back', async () => {
    const queue = await openQueue();
    let begun = false;
    let givenBack = false;
    queue.start({
      execute: async (_runId, shutdown) => {
        begun = true;
        await new Promise((resolve) => shutdown.addEventListener('abort', resolve));
        await sleep(200);
        givenBack = true;
      },
    });
    await queue.enqueue('d');
    await until(() => begun);
    const started = performance.now();
    await queue.close();
    expect(givenBack).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  on('two hosts share the runs', async () => {
    const queues = await Promise.all([openQueue(), openQueue()]);
    const looked: string[] = [];
    for (const queue of queues) queue.start({ execute: async (runId) => void looked.push(runId) });
    await Promise.all(Array.from({ length: 40 }, (_, index) => queues[index % 2]?.enqueue(`e${index}`)));
    await until(() => looked.length >= 40);
    expect(new Set(looked).size).toBe(40);
  });

  on('a queue of another name has work of its own, at its own pace', async () => {
    const sync = await openQueue();
    const looks = await openQueue('posture', 1);
    const seen: string[] = [];
    let now = 0;
    let most = 0;
    sync.start({ execute: async (id) => void seen.push(`sync ${id}`) });
    looks.start({
      execute: async (id) => {
        now += 1;
        most = Math.max(most, now);
        await sleep(100);
        now -= 1;
        seen.push(`posture ${id}`);
      },
    });
    await Promise.all([sync.enqueue('f'), ...['f', 'g', 'h'].map((id) => looks.enqueue(id))]);
    await until(() => seen.length === 4);
    expect(seen.toSorted()).toEqual(['posture f', 'posture g', 'posture h', 'sync f']);
    expect(most).toBe(1);
  });

  on('a turn is announced without saying whose it is, and each place goes on until nobody waits', async () => {
    const queue = await openTurns(2);
    const waiting = ['a', 'b', 'c', 'd', 'e'];
    const taken: string[] = [];
    let now = 0;
    let most = 0;
    queue.start({
      takeTurn: async () => {
        const next = waiting.shift();
        if (next === undefined) return false;
        now += 1;
        most = Math.max(most, now);
        await sleep(40);
        now -= 1;
        taken.push(next);
        return true;
      },
    });
    await queue.announceAll(2);
    await until(() => taken.length === 5);
    expect(taken.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(most).toBe(2);
  });

  on('as many hints wait as there is work, however often and by however many it is announced', async () => {
    const [one, two] = await Promise.all([openTurns(), openTurns()]);
    for (let tick = 0; tick < 5; tick += 1) {
      await one.announceAll(3);
      await two.announceAll(3);
    }
    let looked = 0;
    one.start({
      takeTurn: async () => {
        looked += 1;
        return false;
      },
    });
    await until(() => looked >= 3);
    await sleep(300);
    expect(looked).toBe(3);
  });

  on('a place is free for the next one while the first is at work for long', async () => {
    const queue = await openTurns(2);
    const taken: string[] = [];
    const waiting = ['long'];
    let release: () => void = () => undefined;
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    queue.start({
      takeTurn: async () => {
        const next = waiting.shift();
        if (next === undefined) return false;
        if (next === 'long') await isReleased;
        taken.push(next);
        return true;
      },
    });
    await queue.announce();
    await until(() => waiting.length === 0);
    waiting.push('short');
    await queue.announce();
    await until(() => taken.includes('short'));
    release();
    await until(() => taken.includes('long'));
  });

  on('what a host has left waiting is taken by another, and closing waits until what is at work is given back', async () => {
    const gone = await openTurns(1);
    await gone.announce();
    await gone.close();
    const queue = await openTurns(1);
    let given = false;
    queue.start({
      takeTurn: async (shutdown) => {
        await new Promise((resolve) => shutdown.addEventListener('abort', resolve));
        given = true;
        return true;
      },
    });
    await queue.announceAll(1);
    await sleep(300);
    await queue.close();
    expect(given).toBe(true);
  });
});

test('says so when there is no database', async () => {
  await expect(openHints({ connectionString: 'postgresql://nobody@127.0.0.1:1/none', log })).rejects.toThrow(/ECONNREFUSED/);
});

test('says so when there is no Redis', async () => {
  await expect(openHints({ connectionString: databaseUrl, redisUrl: 'redis://127.0.0.1:1', log })).rejects.toThrow(
    /ECONNREFUSED/,
  );
});

test('all queues of a host share four connections', async () => {
  const hints = await openHints({ connectionString: databaseUrl, log });
  const queues = ['one', 'two', 'three'].map((name) => new WorkQueue(hints, { name, job: 'look', concurrency: 2, log }));
  let looked = 0;
  for (const queue of queues) queue.start({ execute: async () => void (looked += 1) });
  await Promise.all(queues.flatMap((queue) => Array.from({ length: 20 }, (_, n) => queue.enqueue(String(n)))));
  await until(() => looked === 60);
  const [connections] = await query(
    databaseUrl,
    'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  expect(connections?.['count']).toBeLessThanOrEqual(4);
  await Promise.all(queues.map((queue) => queue.close()));
  await hints.close();
});
