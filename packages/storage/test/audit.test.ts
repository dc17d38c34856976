import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { openBytes } from '../src/secrets/envelope.js';
import {
  anchorText,
  AuditDamagedError,
  type AuditHead,
  type NewAuditEntry,
  openStorage,
  readAnchor,
  type Storage,
} from '../src/index.js';
import { KEY, SILENT, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

const WORKSPACE = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-0000000000bb';

function entry(action: string, more: Partial<NewAuditEntry> = {}): NewAuditEntry {
  const actor = { kind: 'user', id: 'u1', name: 'Ada' } as const;
  return { workspaceId: WORKSPACE, actor, address: '192.0.2.7', action, outcome: 'done', ...more };
}

async function logOf(rows: number): Promise<{ storage: Storage; client: pg.Client; url: string }> {
  const url = await databases.newDatabase();
  const storage = await databases.open(url);
  for (let row = 1; row <= rows; row += 1) {
    await storage.audit.append(entry('thing.change', { target: { kind: 'thing', id: `t${row}` }, after: { n: row } }));
  }
  return { storage, client: await databases.client(url), url };
}

/** What only a superuser of the database can do. */
async function tamper(client: pg.Client, ...statements: readonly string[]): Promise<void> {
  await client.query('ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only');
  for (const statement of statements) await client.query(statement);
  await client.query('ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only');
}

async function keep(client: pg.Client): Promise<void> {
  await client.query('CREATE TABLE kept AS SELECT * FROM audit_log; CREATE TABLE kept_head AS SELECT * FROM audit_head');
}
const PUT_BACK = [
  'TRUNCATE audit_log, audit_head',
  'INSERT INTO audit_log SELECT * FROM kept',
  'INSERT INTO audit_head SELECT * FROM kept_head',
];

describe('the chain', () => {
  test('the proof of a row is what anybody would compute who has the key', async () => {
    const { storage, client } = await logOf(0);
    await storage.audit.append(
      entry('user.invite', { target: { kind: 'user', name: 'Bob', id: 'u2' }, after: { b: 1, a: 'ä' } }),
    );
    const { rows } = await client.query(
      `SELECT seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, mac, wrapped
       FROM audit_log, host_keys WHERE name = 'audit'`,
    );
    const { primary } = await KEY.keyRing();
    const key = openBytes(primary.bytes, 'v1|host key|audit', rows[0].wrapped);
    const text =
      `["castellan audit 1 row",1,"${rows[0].at}","${WORKSPACE}",{"id":"u1","kind":"user","name":"Ada"},"192.0.2.7",` +
      `"user.invite","done",{"id":"u2","kind":"user","name":"Bob"},null,{"a":"ä","b":1},"${'00'.repeat(32)}"]`;
    expect(rows[0].mac.toString('hex')).toBe(createHmac('sha256', key).update(text).digest('hex'));
    expect(JSON.stringify(rows)).not.toContain(key.toString('base64'));
  });

  test('whatever JSON is noted comes back as it was signed', async () => {
    const { storage } = await logOf(0);
    const noted = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ noUnicodeString: false }), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(noted, fc.string({ unit: 'binary' }), async (after, name) => {
        await storage.audit.append(entry('thing.change', { after, target: { kind: 'thing', id: 'x', name } }));
      }),
      { numRuns: 50 },
    );
    const odd = { huge: 1e308, tiny: 5e-324, minus: -0, deep: [[{ '10': 1, '9': 2, é: 3 }]], nul: 'a\0b', half: '\ud800' };
    await storage.audit.append(entry('thing.change', { after: odd, address: 'a\0b' }));
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 51 });
  });

  test('two hosts that append 200 rows at once: no gap, no fork', async () => {
    const { storage, url, client } = await logOf(0);
    const second = await databases.open(url);
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        (n % 2 === 0 ? storage : second).audit.append(entry('thing.change', { after: { n } })),
      ),
    );
    const { rows } = await client.query(
      `SELECT min(seq)::int, max(seq)::int, count(*)::int, bool_and(at >= prior) AS ordered
       FROM (SELECT seq, at, coalesce(lag(at) OVER (ORDER BY seq), at) AS prior FROM audit_log) a`,
    );
    expect(rows[0]).toEqual({ min: 1, max: 200, count: 200, ordered: true });
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 200 });
  });

  test('what is rolled back leaves no gap and no row', async () => {
    const { storage } = await logOf(2);
    const failing = storage.transaction(async () => {
      await storage.audit.append(entry('thing.change'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await storage.audit.append(entry('thing.last'));
    const { entries } = await storage.audit.list(WORKSPACE, { limit: 10 });
    expect(entries.map(({ seq, action }) => [seq, action])).toEqual([
      [3, 'thing.last'],
      [2, 'thing.change'],
      [1, 'thing.change'],
    ]);
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 3 });
  });

  test('a transaction of its own is kept when the one around it is not', async () => {
    const { storage } = await logOf(0);
    const failing = storage.transaction(async () => {
      await storage.ownTransaction(() => storage.audit.append(entry('thing.refuse', { outcome: 'refused' })));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 1 });
  });

  test('an empty log, and one that is longer than a page', async () => {
    const { storage, client } = await logOf(0);
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 0 });
    for (let batch = 0; batch < 11; batch += 1) {
      await storage.transaction(async () => {
        for (let n = 0; n < 100; n += 1) await storage.audit.append(entry('thing.change'));
      });
    }
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 1_100 });
    await tamper(client, 'DELETE FROM audit_log WHERE seq = 1050');
    expect(await storage.audit.verify()).toEqual({ ok: false, seq: 1050, reason: 'removed' });
  });
});

describe('the database refuses', () => {
  let log: Awaited<ReturnType<typeof logOf>>;
  beforeAll(async () => {
    log = await logOf(2);
  });

  test.each([
    `UPDATE audit_log SET action = 'x' WHERE seq = 1`,
    'DELETE FROM audit_log WHERE seq = 1',
    'DELETE FROM audit_log WHERE false',
    'TRUNCATE audit_log',
    `SET session_replication_role = replica; DELETE FROM audit_log`,
  ])('%s', async (statement) => {
    const { storage, client } = log;
    await expect(client.query(statement)).rejects.toMatchObject({ code: '55000', message: 'audit_log takes new rows only' });
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 2 });
  });
});

const SWAP = `UPDATE audit_log SET seq = CASE seq WHEN 3 THEN -4 WHEN 4 THEN -3 END WHERE seq IN (3, 4);
  UPDATE audit_log SET seq = -seq WHERE seq < 0`;

describe('X32: tampering is found, and the first bad row is named', () => {
  let log: Awaited<ReturnType<typeof logOf>>;
  beforeAll(async () => {
    log = await logOf(6);
    await keep(log.client);
  });

  test.each([
    ['an edited value', `UPDATE audit_log SET after = '{"n": 33}' WHERE seq = 3`, 3, 'edited'],
    ['an edited actor', `UPDATE audit_log SET actor = actor || '{"name": "Bob"}' WHERE seq IN (3, 5)`, 3, 'edited'],
    ['a time moved by a microsecond', `UPDATE audit_log SET at = at + interval '1 microsecond' WHERE seq = 2`, 2, 'edited'],
    ['another workspace', `UPDATE audit_log SET workspace_id = '${OTHER}' WHERE seq = 5`, 5, 'edited'],
    ['a value that is gone', `UPDATE audit_log SET target = NULL WHERE seq = 1`, 1, 'edited'],
    [
      'a proof copied from another row',
      `UPDATE audit_log SET mac = (SELECT mac FROM audit_log WHERE seq = 2) WHERE seq = 4`,
      4,
      'edited',
    ],
    ['a removed row', 'DELETE FROM audit_log WHERE seq = 3', 3, 'removed'],
    ['the first row removed', 'DELETE FROM audit_log WHERE seq = 1', 1, 'removed'],
    [
      'rows removed and the rest moved up',
      'DELETE FROM audit_log WHERE seq = 3; UPDATE audit_log SET seq = seq - 1 WHERE seq > 3',
      3,
      'edited',
    ],
    ['two rows in another order', SWAP, 3, 'edited'],
    [
      'a row put in',
      `INSERT INTO audit_log SELECT 7, at, workspace_id, actor, address, action, outcome, target, before, after, mac, mac FROM audit_log WHERE seq = 6`,
      7,
      'edited',
    ],
    [
      'a row put before the first',
      `INSERT INTO audit_log SELECT 0, at, workspace_id, actor, address, action, outcome, target, before, after, prev, mac FROM audit_log WHERE seq = 1`,
      0,
      'edited',
    ],
    ['a cut tail', 'DELETE FROM audit_log WHERE seq > 4', 5, 'cut'],
    ['everything gone', 'DELETE FROM audit_log', 1, 'cut'],
    ['a head that is gone', 'DELETE FROM audit_head', 6, 'head'],
    [
      'a cut tail and a head made to fit',
      `DELETE FROM audit_log WHERE seq > 4; UPDATE audit_head SET seq = 4, mac = (SELECT mac FROM audit_log WHERE seq = 4)`,
      4,
      'head',
    ],
  ])('%s', async (_, statement, seq, reason) => {
    const { storage, client } = log;
    await tamper(client, ...PUT_BACK);
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 6 });
    await tamper(client, statement);
    expect(await storage.audit.verify()).toEqual({ ok: false, seq, reason });
  });

  test('a row of another course of events, which was really written', async () => {
    const { storage, client } = await logOf(3);
    await keep(client);
    await storage.audit.append(entry('thing.one'));
    await client.query('CREATE TABLE course AS SELECT * FROM audit_log WHERE seq = 4');
    await tamper(client, ...PUT_BACK);
    await storage.audit.append(entry('thing.other'));
    await storage.audit.append(entry('thing.later'));
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 5 });
    await tamper(client, 'DELETE FROM audit_log WHERE seq = 4', 'INSERT INTO audit_log SELECT * FROM course');
    expect(await storage.audit.verify()).toEqual({ ok: false, seq: 5, reason: 'out_of_order' });
  });

  test('a tail cut together with the head, put back to what it was then: only the anchor finds it', async () => {
    const { storage, client } = await logOf(4);
    await keep(client);
    for (const action of ['thing.five', 'thing.six']) await storage.audit.append(entry(action));
    const anchor = await storage.audit.head();
    expect(anchor.seq).toBe(6);
    await tamper(client, ...PUT_BACK);
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 4 });
    expect(await storage.audit.verify({ anchor })).toEqual({ ok: false, seq: 5, reason: 'cut' });
    // And when it has grown again over the place: the row there is another one.
    for (let row = 5; row <= 8; row += 1) await storage.audit.append(entry('thing.other'));
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 8 });
    expect(await storage.audit.verify({ anchor })).toEqual({ ok: false, seq: 6, reason: 'anchor' });
  });

  test('nothing is written after a damaged end: it would cover the damage', async () => {
    const { storage, client, url } = await logOf(6);
    await tamper(client, 'DELETE FROM audit_log WHERE seq > 4', 'UPDATE audit_head SET seq = 4');
    await expect(storage.audit.append(entry('thing.change'))).rejects.toThrow(/castellan audit verify/);
    await client.query('DELETE FROM audit_head');
    await databases.open(url); // A start does not make a new one either.
    await expect(storage.audit.append(entry('thing.change'))).rejects.toThrow(/castellan audit verify/);
  });

  test('an anchor as text, and what is none', async () => {
    const { storage } = await logOf(1);
    const head: AuditHead = await storage.audit.head();
    expect(anchorText(head)).toMatch(/^1:[0-9a-f]{64}$/);
    expect(await storage.audit.verify({ anchor: readAnchor(anchorText(head)) })).toMatchObject({ ok: true, rows: 1 });
    for (const text of ['', '1', '1:', `x:${'0'.repeat(64)}`, `1:${'0'.repeat(63)}`]) expect(readAnchor(text)).toBeUndefined();
  });
});

describe('listing', () => {
  test('newest first, page by page, of one workspace, by action, actor and target', async () => {
    const { storage } = await logOf(5);
    await storage.audit.append(entry('thing.drop', { actor: { kind: 'api_key', id: 'k1', name: 'robot' } }));
    await storage.audit.append(entry('thing.drop', { workspaceId: OTHER }));
    await storage.audit.append(entry('host.start', { workspaceId: null }));
    const first = await storage.audit.list(WORKSPACE, { limit: 4 });
    const second = await storage.audit.list(WORKSPACE, { limit: 4, after: first.next ?? 0 });
    expect([first, second].map(({ entries }) => entries.map(({ seq }) => seq))).toEqual([
      [6, 5, 4, 3],
      [2, 1],
    ]);
    expect(second.next).toBeNull();
    const seqs = async (query: object) =>
      (await storage.audit.list(WORKSPACE, { limit: 9, ...query })).entries.map(({ seq }) => seq);
    expect(await seqs({ action: 'thing.drop' })).toEqual([6]);
    expect(await seqs({ actor: 'k1' })).toEqual([6]);
    expect(await seqs({ target: 't2' })).toEqual([2]);
    expect(await seqs({ target: 't2', action: 'thing.drop' })).toEqual([]);
    expect(first.entries[0]).toMatchObject({
      actor: { name: 'robot' },
      address: '192.0.2.7',
      target: null,
      at: expect.any(Date),
    });
  });
});

test('X32: a log that was emptied, its head with it, is no new log; also for a host that starts afterwards', async () => {
  const { storage, client, url } = await logOf(3);
  await storage.close();
  await tamper(client, 'DELETE FROM audit_log', 'DELETE FROM audit_head');
  for (const asReader of [true, false]) {
    const reader = await openStorage({ url, dataDir: '', key: KEY, logger: SILENT, poolSize: 2, asReader });
    expect(await reader.audit.verify()).toMatchObject({ ok: false });
    await expect(reader.audit.append(entry('thing.change'))).rejects.toThrow(AuditDamagedError);
    await reader.close();
  }
});

test('a reader changes nothing, and refuses tables of another release', async () => {
  const url = await databases.emptyDatabase();
  const read = () => openStorage({ url, dataDir: '', key: KEY, logger: SILENT, poolSize: 2, asReader: true });
  await expect(read()).rejects.toThrow(/older release.*Start a host of this release first/);
  const client = await databases.client(url);
  expect((await client.query(`SELECT FROM pg_tables WHERE schemaname = 'public'`)).rowCount).toBe(0);
  await (await databases.open(url)).close();
  await (await read()).close();
});
