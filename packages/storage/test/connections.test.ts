import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNTS, account, guarded, more, page } from './fixtures/samples.js';
import { newIntegration, newRun, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

test('pages that wait for each other leave connections to those who read', async () => {
  const url = await databases.newDatabase();
  const storage = await databases.open(url);
  const lease = await newRun(storage, await newIntegration(storage));
  await storage.runStore.openStreams(lease, [ACCOUNTS]);
  const holder = await databases.client(url);
  await holder.query('BEGIN');
  await holder.query('SELECT FROM sync_runs WHERE id = $1 FOR UPDATE', [lease.runId]);
  const pages = Array.from({ length: 12 }, (_, n) =>
    storage.runStore.commitPage(lease, page(ACCOUNTS, [account(`a${n}`)], more(`after ${n}`)), guarded),
  );
  while (storage.poolUsage().busy < 4) await sleep(5);
  await sleep(100);
  // Of ten connections.
  expect(storage.poolUsage()).toMatchObject({ busy: 4, waiting: 0 });
  await storage.ping();
  await holder.query('COMMIT');
  expect((await Promise.all(pages)).map(({ created }) => created)).toEqual(Array(12).fill(1));
});
