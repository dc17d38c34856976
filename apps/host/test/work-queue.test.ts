import { setTimeout as sleep } from 'node:timers/promises';
import { WorkQueue } from '@castellan/scheduling';
import { ownDatabase, until } from './host-harness.js';

// Stands here and not in packages/scheduling because only the host brings the queue and a database together.
let databaseUrl: string;
const open: WorkQueue[] = [];
const warnings: string[] = [];

async function openQueue(name = 'sync', concurrency = 4): Promise<WorkQueue> {
  const log = { debug: () => undefined, warn: (message: string) => void warnings.push(message) };
  const queue = await WorkQueue.open({ name, job: 'run', concurrency, connectionString: databaseUrl, log });
  open.push(queue);
  return queue;
}

beforeAll(async () => {
  databaseUrl = await ownDatabase();
}, 60_000);

afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.close()));
}, 30_000);

test('delivers a run once while it is announced or worked on, and again afterwards', async () => {
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

test('a look that fails does not keep the run from being announced again', async () => {
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

test('works on four runs at a time', async () => {
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

test('close aborts the runs at work and waits until they are given back', async () => {
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

test('two hosts share the runs', async () => {
  const queues = await Promise.all([openQueue(), openQueue()]);
  const looked: string[] = [];
  for (const queue of queues) queue.start({ execute: async (runId) => void looked.push(runId) });
  await Promise.all(Array.from({ length: 40 }, (_, index) => queues[index % 2]?.enqueue(`e${index}`)));
  await until(() => looked.length >= 40);
  expect(new Set(looked).size).toBe(40);
});

test('says so when there is no database', async () => {
  const log = { debug: () => undefined, warn: () => undefined };
  await expect(
    WorkQueue.open({ name: 'sync', job: 'run', connectionString: 'postgresql://nobody@127.0.0.1:1/none', log }),
  ).rejects.toThrow(/ECONNREFUSED/);
});

test('a queue of another name has work of its own, at its own pace', async () => {
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
