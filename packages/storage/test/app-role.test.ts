import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID, keyFromText, openStorage, type Storage } from '../src/index.js';
import { account, ACCOUNTS, event, EVENTS, LAST, page } from './fixtures/samples.js';
import { KEY, presentKeys, SILENT, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

interface Divided {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly superuser: pg.Client;
}

/** A database of a customer: one role owns it, another is the host's. */
async function divided(name: string): Promise<Divided> {
  const url = await databases.emptyDatabase();
  const superuser = await databases.client(url);
  const database = new URL(url).pathname.slice(1);
  await superuser.query(`CREATE ROLE owner_${name} LOGIN; CREATE ROLE app_${name} LOGIN;`);
  await superuser.query(`ALTER DATABASE ${database} OWNER TO owner_${name}`);
  const as = (role: string): string => url.replace('castellan@', `${role}@`);
  return { ownerUrl: as(`owner_${name}`), appUrl: as(`app_${name}`), superuser };
}

function open(url: string, ownerUrl?: string): Promise<Storage> {
  return openStorage({ url, ...(ownerUrl !== undefined && { ownerUrl }), dataDir: '', key: KEY, logger: SILENT, poolSize: 3 });
}

describe('a role of its own for the host', () => {
  let database: Divided;
  let storage: Storage;
  let app: pg.Client;
  beforeAll(async () => {
    database = await divided('divided');
    storage = await open(database.appUrl, database.ownerUrl);
    app = await databases.client(database.appUrl);
  });
  afterAll(() => storage.close());

  test('does all that the host does, an activity of a new month included', async () => {
    const { id } = await storage.integrations.create(DEFAULT_WORKSPACE_ID, {
      connectorId: 'fake',
      name: 'Acme',
      config: {},
      secrets: { token: 'geheim' },
    });
    await sync(
      storage,
      id,
      [ACCOUNTS, EVENTS],
      [
        page(ACCOUNTS, [account('a1'), account('a2')], LAST),
        page(EVENTS, [event('e1', '2021-03-04T05:06:07Z'), event('e2', '1999-01-01T00:00:00Z')], LAST),
      ],
    );
    expect(await presentKeys(database.superuser, 'accounts', id)).toEqual(['a1', 'a2']);
    expect(await presentKeys(database.superuser, 'activity_2021_03', id)).toEqual(['e1']);
    expect(await presentKeys(database.superuser, 'activity_default', id)).toEqual(['e2']);
    expect((await storage.integrationStore.open(id))?.config).toEqual({ token: 'geheim' });
    const many = Array.from({ length: 1_200 }, (_, n) => account(`a${n}`));
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, many, LAST)]);
    const { rows } = await database.superuser.query(`SELECT reltuples::int AS known FROM pg_class WHERE relname = 'accounts'`);
    expect(rows).toEqual([{ known: 1_200 }]);
    await append(storage);
    expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 1 });
    expect(await storage.integrations.delete(DEFAULT_WORKSPACE_ID, id)).toBe(true);
  });

  test.each([
    [`UPDATE audit_log SET action = 'x'`, 'permission denied for table audit_log'],
    ['DELETE FROM audit_log', 'permission denied for table audit_log'],
    ['UPDATE access_reviews SET note = NULL', 'permission denied for table access_reviews'],
    ['DELETE FROM access_reviews', 'permission denied for table access_reviews'],
    ['TRUNCATE audit_log', 'permission denied for table audit_log'],
    ['DROP TABLE audit_log', 'must be owner of table audit_log'],
    ['ALTER TABLE audit_log DISABLE TRIGGER ALL', 'must be owner of table audit_log'],
    ['ALTER TABLE audit_log OWNER TO app_divided', 'must be owner of table audit_log'],
    [`SET session_replication_role = replica`, 'permission denied to set parameter "session_replication_role"'],
    ['DROP FUNCTION audit_log_append_only CASCADE', 'must be owner of function audit_log_append_only'],
    ['SET ROLE owner_divided', 'permission denied to set role "owner_divided"'],
    ['TRUNCATE accounts', 'permission denied for table accounts'],
    ['CREATE TABLE mine (id integer)', 'permission denied for schema public'],
    [`INSERT INTO migrations (timestamp, name) VALUES (1, 'x')`, 'permission denied for table migrations'],
  ])('%s', async (statement, message) => {
    await expect(app.query(statement)).rejects.toMatchObject({ code: '42501', message });
  });

  test('has partitions made where the host needs some, and nowhere else', async () => {
    for (const month of ['1999-12-01', '2020-01-02', '2999-01-01']) {
      await expect(app.query('SELECT create_activity_partition($1)', [month])).rejects.toMatchObject({ code: '22023' });
    }
    // A table of the caller's own, in the place of ours: the function does not look there.
    await app.query('CREATE TEMP TABLE activity (published timestamptz) PARTITION BY RANGE (published)');
    await app.query(`SELECT create_activity_partition('2019-05-01')`);
    const { rows } = await database.superuser.query(
      `SELECT inhparent::regclass::text AS of, pg_get_userbyid(relowner) AS owner
       FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhrelid = 'activity_2019_05'::regclass`,
    );
    expect(rows).toEqual([{ of: 'activity', owner: 'owner_divided' }]);
  });

  test('may not be called by a third role', async () => {
    await database.superuser.query('CREATE ROLE third LOGIN');
    const third = await databases.client(database.appUrl.replace('app_divided@', 'third@'));
    await expect(third.query(`SELECT create_activity_partition('2018-05-01')`)).rejects.toMatchObject({ code: '42501' });
  });

  test('makes the schema of its queues, and owns it', async () => {
    // What BullMQ does at every start.
    for (const _ of [1, 2]) await app.query('CREATE SCHEMA IF NOT EXISTS castellan_queue');
    await app.query(
      'CREATE TABLE IF NOT EXISTS castellan_queue.jobs (id bigserial); ALTER TABLE castellan_queue.jobs ADD x text',
    );
  });

  test('a later start needs no owner while there is nothing to migrate, and brings grants back with one', async () => {
    await database.superuser.query('GRANT ALL ON audit_log, users TO app_divided; REVOKE SELECT ON sync_runs FROM app_divided');
    await (await open(database.appUrl, database.ownerUrl)).close();
    const second = await open(database.appUrl);
    try {
      await second.runs.list(DEFAULT_WORKSPACE_ID, { integrationId: DEFAULT_WORKSPACE_ID, limit: 1 });
      await append(second);
    } finally {
      await second.close();
    }
    await expect(app.query('DELETE FROM audit_log')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('TRUNCATE users')).rejects.toMatchObject({ code: '42501' });
  });

  test('rotates the keys', async () => {
    const key = keyFromText('a1'.repeat(32), '5a'.repeat(32));
    const rotating = await openStorage({ url: database.appUrl, dataDir: '', key, logger: SILENT, poolSize: 2 });
    try {
      expect(await rotating.rotateKeys()).toMatchObject({ rewrapped: 1 });
      expect(await rotating.audit.verify()).toMatchObject({ ok: true });
    } finally {
      await rotating.close();
    }
  });
});

describe('is refused', () => {
  test('without tables and without an owner', async () => {
    const { appUrl } = await divided('bare');
    await expect(open(appUrl)).rejects.toThrow(/Set DATABASE_OWNER_URL to the owner/);
  });

  test('where both are one role, or the host is a member of the owner', async () => {
    const { appUrl, ownerUrl, superuser } = await divided('member');
    await expect(open(ownerUrl, ownerUrl)).rejects.toThrow(/"owner_member" of DATABASE_URL has the rights of the owner/);
    await superuser.query('GRANT owner_member TO app_member');
    await expect(open(appUrl, ownerUrl)).rejects.toThrow(/"app_member" of DATABASE_URL has the rights of the owner/);
    expect((await superuser.query(`SELECT to_regclass('audit_log') AS found`)).rows).toEqual([{ found: null }]);
  });

  test('where the two lead to different databases', async () => {
    const [one, other] = [await divided('one'), await divided('other')];
    await one.superuser.query('GRANT CONNECT ON DATABASE postgres TO app_one');
    await expect(open(one.appUrl, other.ownerUrl)).rejects.toThrow(/different databases/);
  });

  test('where another grant leaves it the right to rewrite the log', async () => {
    const { appUrl, ownerUrl, superuser } = await divided('public');
    await (await open(appUrl, ownerUrl)).close();
    await superuser.query('GRANT DELETE ON audit_log TO PUBLIC');
    await expect(open(appUrl, ownerUrl)).rejects.toThrow(/may change rows of audit_log by another grant/);
  });

  test('an owner beside the embedded server, and one that cannot be reached', async () => {
    const options = { dataDir: '', key: KEY, logger: SILENT };
    await expect(openStorage({ ...options, ownerUrl: 'postgresql://o:hunter2@127.0.0.1:1/x' })).rejects.toThrow(
      /without DATABASE_URL/,
    );
    const { appUrl } = await divided('alone');
    const failing = openStorage({ ...options, url: appUrl, ownerUrl: 'postgresql://o:hunter2@127.0.0.1:1/x' });
    await expect(failing).rejects.toThrow(/^DATABASE_OWNER_URL cannot be used: (?!.*hunter2)/);
  });

  test('tables of a database that had one role so far, with the way to give them to the owner', async () => {
    const { appUrl, ownerUrl, superuser } = await divided('late');
    await superuser.query('GRANT CREATE ON SCHEMA public TO app_late');
    const before = await open(appUrl);
    await append(before);
    await before.close();
    const message = await open(appUrl, ownerUrl).then(
      () => '',
      (error: Error) => error.message,
    );
    const way = /in this database: (.*)$/.exec(message)?.[1] ?? '';
    expect(way).toContain('REASSIGN OWNED BY "app_late" TO "owner_late";');
    await superuser.query(way);
    const after = await open(appUrl, ownerUrl);
    try {
      await append(after);
      expect(await after.audit.verify()).toMatchObject({ ok: true, rows: 2 });
    } finally {
      await after.close();
    }
  });
});

function append(storage: Storage): Promise<void> {
  const actor = { kind: 'user', id: 'u1', name: 'Ada' } as const;
  return storage.audit.append({ workspaceId: null, actor, address: null, action: 'thing.change', outcome: 'done' });
}
