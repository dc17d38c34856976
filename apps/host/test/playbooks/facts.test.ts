import { migratedDatabase } from '@castellan/storage/testing';
import type { Storage } from '@castellan/storage';
import { subjectFacts } from '../../src/playbooks/subject-facts.js';
import { loadStorage } from '../loaded-once.js';

const { DEFAULT_WORKSPACE_ID: WORKSPACE, keyFromText, openStorage, saveDetectionList } = await loadStorage();

// What conditions of playbooks may ask of an account, and what nobody knows.
const INTEGRATION = '00000000-0000-4000-8000-0000000000f1';
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const EVERYTHING = ['isAdministrator', 'isSuperAdministrator', 'isForEmergencies'];
const KEYS = ['ada', 'bo', 'cy', 'nameless'];
const ROW = `stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at`;
const VALUES = `'s', 1, sha256('x'), now(), now(), now(), now()`;
let storage: Storage;
const run = (sql: string) => storage.queries.query<object>(sql);

beforeAll(async () => {
  const url = await migratedDatabase(process.env['CASTELLAN_TEST_POSTGRES']);
  storage = await openStorage({ url, dataDir: '', key: keyFromText('5a'.repeat(32)), logger: silent, poolSize: 2 });
  await run(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, next_run_at) VALUES ('${INTEGRATION}', '${WORKSPACE}', 'acme', 'Acme', '{}', now())`,
  );
  for (const key of KEYS)
    await run(
      `INSERT INTO accounts (integration_id, key, ${ROW}, login, status)
       VALUES ('${INTEGRATION}', '${key}', ${VALUES}, ${key === 'nameless' ? 'NULL' : `'${key}@acme.example'`}, 'active')`,
    );
  await run(
    `INSERT INTO roles (integration_id, key, ${ROW}, label, built_in, permissions, powers) VALUES ('${INTEGRATION}', 'all', ${VALUES}, 'All', true, '{}', '{everything}')`,
  );
  await run(
    `INSERT INTO role_assignments (integration_id, key, ${ROW}, role, principal_kind, principal)
     VALUES ('${INTEGRATION}', 'a-1', ${VALUES}, 'all', 'account', 'ada'), ('${INTEGRATION}', 'a-2', ${VALUES}, 'some', 'account', 'bo')`,
  );
  const by = { kind: 'host', id: null, name: 'Test' } as const;
  const ofKind = (kind: 'break_glass' | 'placeholder') => ({ kind, name: kind });
  await saveDetectionList(storage.queries, WORKSPACE, ofKind('break_glass'), ['Bo@Acme.example'], by);
  await saveDetectionList(storage.queries, WORKSPACE, ofKind('placeholder'), ['ada@acme.example'], by);
}, 60_000);
afterAll(() => storage.close());
afterEach(() => run('DELETE FROM stream_state'));

const read = (kind: string, more: { generation?: string; status?: string; unlisted?: string } = {}) =>
  run(
    `INSERT INTO stream_state (integration_id, stream, kind, semantics, status, generation, complete_generation, unlisted)
     VALUES ('${INTEGRATION}', '${kind} ' || gen_random_uuid(), '${kind}', 'snapshot', '${more.status ?? 'complete'}', 1, ${more.generation ?? '1'}, '${more.unlisted ?? '[]'}')`,
  );
async function allRead(but?: string): Promise<void> {
  for (const kind of ['membership', 'role', 'role_assignment']) if (kind !== but) await read(kind);
}

/** `administrator super emergencies`, of each account. */
async function known(asked: readonly string[] = EVERYTHING): Promise<Readonly<Record<string, string>>> {
  const of = await subjectFacts(
    storage.queries,
    { workspaceId: WORKSPACE, integrationId: INTEGRATION },
    'account',
    [...KEYS, 'gone'],
    new Set(asked),
  );
  const texts = [...KEYS, 'gone'].map((key): [string, string] => {
    const { facts } = of(key);
    return [key, facts['isKnown'] === true ? EVERYTHING.map((fact) => String(facts[fact])).join(' ') : 'unknown'];
  });
  return Object.fromEntries(texts);
}

test('roles, and lists of accounts for emergencies, whatever way a login is written', async () => {
  await allRead();
  expect(await known()).toEqual({
    ada: 'true true false',
    bo: 'true false true',
    cy: 'false false false',
    nameless: 'false false null',
    gone: 'unknown',
  });
});

const UNREAD: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['nothing was read yet', async () => undefined],
  ['memberships are not read', () => allRead('membership')],
  ['assignments of roles are not read', () => allRead('role_assignment')],
  [
    'one of two lists was never complete',
    async () => [await allRead(), await read('role_assignment', { generation: 'NULL', status: 'reading' })],
  ],
  ['one is not allowed', async () => [await allRead(), await read('role_assignment', { status: 'skipped' })]],
  ['a part could not be listed', async () => [await allRead(), await read('membership', { unlisted: '[{}]' })]],
];

test.each(UNREAD)('whoever has no role is not said to have none while %s', async (_, seed) => {
  await seed();
  expect(await known()).toMatchObject({ ada: 'true true false', bo: 'true null true', cy: 'null null false' });
});

test('without the roles themselves nobody knows who may do everything', async () => {
  await allRead('role');
  expect(await known()).toMatchObject({ ada: 'true true false', bo: 'true null true', cy: 'false null false' });
});

test('what is not asked is not looked for', async () => {
  await allRead();
  const statements: string[] = [];
  const queries = {
    query: <R extends object>(sql: unknown, values?: readonly unknown[]): Promise<R[]> => {
      statements.push(String(sql));
      return storage.queries.query<R>(String(sql), values);
    },
  };
  const place = { workspaceId: WORKSPACE, integrationId: INTEGRATION };
  await subjectFacts(queries, place, 'account', KEYS, new Set(['isKnown', 'status']));
  expect(statements.join()).not.toMatch(/detection_lists|role_assignments/);
  expect(await known(['isForEmergencies'])).toMatchObject({ ada: 'null null false', bo: 'null null true' });
  expect(await known(['isSuperAdministrator'])).toMatchObject({ ada: 'true true null', cy: 'false false null' });
});
