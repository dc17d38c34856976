import type { SourceRecord, StreamInfo } from '@castellan/connector-sdk';
import type { ClaimedRun, PageCommit } from '@castellan/sync-engine';
import fc from 'fast-check';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { connect } from '../src/database/connect.js';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type RecordCount, type Storage } from '../src/index.js';
import { MIGRATIONS } from '../src/schema/migrations/migrations.js';
import { ACCOUNTS, account, EVENTS, event, guarded, LAST, MEMBERS, membership, more, page } from './fixtures/samples.js';
import { claim, newIntegration, newRun, SILENT, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  // Plays a row that only the database refuses, so that its page is written row by row.
  await client.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.login = 'bad' THEN RAISE EXCEPTION 'no' USING ERRCODE = '22000'; END IF; RETURN NEW; END $$`);
  await client.query(`CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION refuse()`);
});
afterAll(() => databases.close());

/** A second stream of the same kind, as the memberships of a group of everybody that a directory keeps by itself. */
const EVERYONE: StreamInfo = { ...MEMBERS, name: 'everyone', dependsOn: [] };
const STREAMS = [ACCOUNTS, MEMBERS, EVERYONE, EVENTS];

const TABLES = { account: 'accounts', activity: 'activity', membership: 'memberships' };

/** What a plain question finds, table by table; a kind that never had a row is not named. */
async function truth(id: string): Promise<readonly RecordCount[]> {
  const counts: RecordCount[] = [];
  for (const [kind, table] of Object.entries(TABLES)) {
    const { rows } = await client.query<{ readonly present: number; readonly removed: number }>(
      `SELECT count(*) FILTER (WHERE removed_at IS NULL)::int AS present,
         count(*) FILTER (WHERE removed_at IS NOT NULL)::int AS removed FROM ${table} WHERE integration_id = $1`,
      [id],
    );
    const [{ present, removed } = { present: 0, removed: 0 }] = rows;
    if (present + removed > 0) counts.push({ kind: kind as keyof typeof TABLES, present, removed }); // entries forget the keys' type
  }
  return counts;
}

const keys = fc.uniqueArray(fc.nat(11), { maxLength: 9 });
const action = fc.oneof(
  fc.record({ do: fc.constant('list' as const), keys, others: keys, size: fc.integer({ min: 1, max: 4 }), gone: keys }),
  fc.record({ do: fc.constant('cut' as const), keys }),
  fc.record({ do: fc.constant('side by side' as const), keys, others: keys }),
  fc.record({ do: fc.constant('refresh' as const), keys, others: keys }),
  fc.record({ do: fc.constant('delta' as const), keys }),
  fc.record({ do: fc.constant('decide' as const), accept: fc.boolean() }),
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** Row 3 is refused by the database; row 4's key is mended into row 5's. */
const people = (numbers: readonly number[]): readonly SourceRecord[] =>
  numbers.map((n) => account(n === 4 ? 'u\0' : n === 5 ? 'u\uFFFD' : `u${n}`, n === 3 ? { login: 'bad' } : {}));
const members = (numbers: readonly number[]): readonly SourceRecord[] => numbers.map((n) => membership(`g${n % 3}`, `u${n}`));
const events = (numbers: readonly number[]): readonly SourceRecord[] =>
  numbers.map((n) => event(`e${n}`, `2021-0${(n % 3) + 1}-01T00:00:00.000Z`));

function pagesOf(stream: StreamInfo, rows: readonly SourceRecord[], size: number, deleted: readonly string[]): PageCommit[] {
  const pages: PageCommit[] = [];
  for (let from = 0; from < rows.length; from += size)
    pages.push(page(stream, rows.slice(from, from + size), more(String(from)), { deleted }));
  return [...pages, page(stream, [], LAST, { deleted })];
}

async function opened(id: string): Promise<ClaimedRun> {
  const lease = await newRun(storage, id);
  await storage.runStore.openStreams(lease, STREAMS);
  return lease;
}

async function perform(id: string, step: Action): Promise<void> {
  switch (step.do) {
    case 'list': {
      const pages = [
        ...pagesOf(
          ACCOUNTS,
          people(step.keys),
          step.size,
          people(step.gone).map(({ key }) => key),
        ),
        ...pagesOf(
          MEMBERS,
          members(step.others),
          step.size,
          members(step.gone).map(({ key }) => key),
        ),
        ...pagesOf(EVERYONE, [], step.size, []),
        ...pagesOf(EVENTS, events(step.keys), step.size, []),
      ];
      await sync(storage, id, STREAMS, pages);
      return;
    }
    case 'cut':
      return cut(id, people(step.keys));
    case 'side by side': {
      const lease = await opened(id);
      // Both streams show some of the same rows: whichever is second moves them to itself.
      await Promise.all([
        storage.runStore.commitPage(lease, page(MEMBERS, members(step.keys), more('1')), guarded),
        storage.runStore.commitPage(lease, page(EVERYONE, members(step.others), more('1')), guarded),
        storage.runStore.commitPage(lease, page(EVENTS, events(step.keys), more('1')), guarded),
      ]);
      return storage.runStore.finish(lease, { state: 'incomplete' });
    }
    case 'refresh':
      return refresh(id, step.keys, step.others);
    case 'delta': {
      const lease = await opened(id);
      await storage.runStore.commitDelta(lease, { stream: ACCOUNTS, records: people(step.keys), rejected: [], stale: [] });
      return storage.runStore.finish(lease, { state: 'complete' });
    }
    case 'decide':
      for (const { id: hold } of (await storage.holds.list(WORKSPACE, { integrationId: id, state: 'open' })).holds)
        await (step.accept ? storage.holds.accept(WORKSPACE, hold, 'ana') : storage.holds.reject(WORKSPACE, hold, 'ana'));
  }
}

/** The host dies inside the transaction, after the rows were written; another takes the run over and ends it. */
async function cut(id: string, rows: readonly SourceRecord[]): Promise<void> {
  const lease = await newRun(storage, id, 0);
  await storage.runStore.openStreams(lease, STREAMS);
  const last = page(ACCOUNTS, rows, LAST);
  const poisoned: PageCommit = {
    ...last,
    get unlisted(): never {
      throw new Error('cut');
    },
  };
  await expect(storage.runStore.commitPage(lease, poisoned, guarded)).rejects.toThrow('cut');
  const next = await claim(storage, lease.runId);
  await storage.runStore.openStreams(next, STREAMS);
  await storage.runStore.commitPage(next, last, guarded);
  await storage.runStore.finish(next, { state: 'incomplete' });
}

async function refresh(id: string, shown: readonly number[], scopes: readonly number[]): Promise<void> {
  const lease = await opened(id);
  const parts = { settled: [], unread: [], rejected: [], stale: [], answered: [] };
  for (const [stream, records, complete] of [
    [ACCOUNTS, people(shown), people(scopes).map(({ key }) => ({ field: 'key', value: key }))],
    [MEMBERS, members(shown), scopes.map((n) => ({ field: 'member', value: `u${n}` }))],
  ] as const) {
    const { since } = await storage.runStore.takeStale(lease, stream.name, 1, false);
    await storage.runStore.commitRefresh(lease, { ...parts, stream, since, records, complete });
  }
  await storage.runStore.finish(lease, { state: 'complete' });
}

test('the counters equal the rows, whatever was written, cut, swept, held, read again and brought back', async () => {
  let runs = 0;
  const property = fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 10 }), async (actions) => {
    runs += 1;
    const id = await newIntegration(storage, `counted ${runs}`);
    // Refreshes and deltas stand on a complete listing.
    await perform(id, { do: 'list', keys: [0, 1, 2, 4, 5], others: [0, 1, 2, 3], size: 3, gone: [] });
    for (const step of actions) {
      await perform(id, step);
      expect(await storage.records.counts(WORKSPACE, id)).toEqual(await truth(id));
    }
    // Whatever came before: all is gone, and a person agrees.
    await perform(id, { do: 'list', keys: [], others: [], size: 1, gone: [] });
    await perform(id, { do: 'decide', accept: true });
    const ended = await storage.records.counts(WORKSPACE, id);
    expect(ended).toEqual(await truth(id));
    expect(ended.filter(({ kind, present }) => kind !== 'activity' && present > 0)).toEqual([]);
    await storage.integrations.delete(WORKSPACE, id);
    const { rows } = await client.query('SELECT kind FROM record_counts WHERE integration_id = $1', [id]);
    expect(rows).toEqual([]);
  });
  await fc.assert(property, { numRuns: Number(process.env['CASTELLAN_PROPERTY_RUNS'] ?? 15) });
}, 80_000);

test('pages of one kind that are written side by side all count, and none waits in vain', async () => {
  const id = await newIntegration(storage);
  const lease = await newRun(storage, id);
  const streams = Array.from({ length: 4 }, (_, index) => ({ ...EVERYONE, name: `members-${index}` }));
  await storage.runStore.openStreams(lease, streams);
  const commits = streams.flatMap((stream, index) =>
    Array.from({ length: 6 }, (_, round) => {
      const rows = Array.from({ length: 5 }, (__, n) => membership(`g${index}`, `u${round * 5 + n}`));
      return storage.runStore.commitPage(lease, page(stream, rows, more(String(round))), guarded);
    }),
  );
  await Promise.all(commits);
  expect(await storage.records.counts(WORKSPACE, id)).toEqual([{ kind: 'membership', present: 120, removed: 0 }]);
});

test('another workspace sees none', async () => {
  const id = await newIntegration(storage);
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people([1]), LAST)]);
  expect(await storage.records.counts('00000000-0000-4000-8000-00000000beef', id)).toEqual([]);
});

test('rows from before there were counters are counted by the upgrade', async () => {
  const url = await databases.emptyDatabase();
  const before = MIGRATIONS.findIndex(({ name }) => name === 'RecordCounts1764230000000');
  const old = new DataSource({ type: 'postgres', migrations: MIGRATIONS.slice(0, before), extra: { connectionString: url } });
  await old.initialize();
  await old.runMigrations();
  const [one, two] = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000a2'];
  const common = `integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at`;
  const values = `1, '\\x00', now(), now(), now(), now()`;
  await old.query(
    `INSERT INTO accounts (${common}, removed_at, status) VALUES ('${one}', 'a', 's', ${values}, NULL, 'active'),
       ('${one}', 'b', 's', ${values}, now(), 'active'), ('${two}', 'a', 's', ${values}, NULL, 'active')`,
  );
  await old.query(`INSERT INTO log_streams (${common}, status) VALUES ('${one}', 'l', 's', ${values}, 'active')`);
  await old.query(
    `INSERT INTO activity (${common}, published, type, targets) VALUES ('${one}', 'e', 's', ${values}, now(), 't', '[]')`,
  );
  await old.destroy();
  const upgraded = await connect(url, { poolSize: 2, logger: SILENT });
  try {
    const rows = await upgraded.query(
      `SELECT integration_id AS id, kind, present::int, removed::int FROM record_counts ORDER BY integration_id, kind`,
    );
    expect(rows).toEqual([
      { id: one, kind: 'account', present: 1, removed: 1 },
      { id: one, kind: 'activity', present: 1, removed: 0 },
      { id: one, kind: 'log_stream', present: 1, removed: 0 },
      { id: two, kind: 'account', present: 1, removed: 0 },
    ]);
  } finally {
    await upgraded.source.destroy();
  }
});
