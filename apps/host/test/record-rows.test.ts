import type { ProblemBody, RecordFacets, RecordRows, RecordTableView } from '@castellan/api';
import { RECORD_KINDS, recordFields } from '@castellan/connector-sdk';
import type { AuditLogPage } from '../src/audit/audit-log.controller.js';
import { settingsFor, temporaryFolder, TestHost } from './host-harness.js';
import { otherWorkspace } from './security/workspace-people.js';

const [ONE, TWO, FOREIGN] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-0000000000a${n}`) as [string, string, string]; // of three
const UNKNOWN = '00000000-0000-4000-8000-00000000dead';

const folder = temporaryFolder();
let host: TestHost;

interface Seeded {
  readonly key: string;
  readonly displayName: string | null;
  readonly department: string | null;
  readonly lastLoginAt: string | null;
}
const PEOPLE: readonly Seeded[] = [
  { key: 'u1', displayName: 'Ana =1+1', department: 'People', lastLoginAt: '2026-01-01T00:00:00.000Z' },
  { key: 'u2', displayName: 'bo', department: null, lastLoginAt: null },
  { key: 'u3', displayName: '=cmd|calc', department: 'Sales', lastLoginAt: '2025-01-01T00:00:00.000Z' },
  { key: 'u4', displayName: null, department: 'Sales', lastLoginAt: null },
];

const sql = (value: string | null): string => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);

/** Straight into the tables: what is asked is tested here, not how it came. */
async function seed(workspaceId: string, id: string, name: string): Promise<void> {
  await host.query(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, paused, next_run_at)
     VALUES ('${id}', '${workspaceId}', 'okta', '${name}', '{}', true, now() + interval '1 year')`,
  );
  const own = PEOPLE.map(
    ({ key, displayName, department, lastLoginAt }) =>
      `('${id}', '${key}', 'accounts', 1, '', now(), now(), now(), now(), ${sql(displayName)}, 'active', ${sql(department)}, ${sql(lastLoginAt)}, '{"token": "raw-canary"}')`,
  );
  const times = 'first_seen_at, present_since, last_seen_at, changed_at';
  await host.query(
    `INSERT INTO accounts (integration_id, key, stream, generation, hash, ${times}, display_name, status, department, last_login_at, raw) VALUES ${own.join(', ')}`,
  );
  await host.query(`INSERT INTO record_counts VALUES ('${id}', 'account', ${PEOPLE.length}, 0), ('${id}', 'activity', 3, 0)`);
  await host.query(
    `INSERT INTO activity (integration_id, key, stream, generation, hash, ${times}, published, type, targets, actor)
     SELECT '${id}', 'e' || n, 'activity', 1, '', now(), now(), now(), now(), timestamptz '2026-01-01Z' + n * interval '1 day', 'type' || n % 2, '[]', '{"id": "u1"}' FROM generate_series(1, 3) n`,
  );
}

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  const stranger = await otherWorkspace(host, 'globex');
  const [mine] = await host.query(`SELECT workspace_id AS id FROM users WHERE email_key = 'administrator@castellan.test'`);
  await seed(String(mine?.['id']), ONE, 'One');
  await seed(String(mine?.['id']), TWO, 'Two, second');
  await seed(stranger.workspaceId, FOREIGN, 'Foreign');
}, 60_000);
afterAll(() => host.close());

const rows = (query: string, kind = 'account') => host.api.get<RecordRows>(`/records/${kind}${query}`);
const keysOf = ({ items }: RecordRows) => items.map(({ key, integration }) => `${integration.name} ${key}`);

test('a table has the rows of all integrations of the workspace, by name', async () => {
  const { status, body } = await rows('');
  expect(status).toBe(200);
  expect(keysOf(body)).toEqual([
    'One u3',
    'Two, second u3',
    'One u1',
    'Two, second u1',
    'One u2',
    'Two, second u2',
    'One u4',
    'Two, second u4',
  ]);
  expect(body).toMatchObject({ total: 8, offset: 0, next: null, searchedTo: null });
  expect(body.items[0]).toMatchObject({
    kind: 'account',
    data: { displayName: '=cmd|calc' },
    integration: { id: ONE, name: 'One' },
  });
  expect(JSON.stringify(body)).not.toContain('raw-canary');
});

test.each<[string, readonly string[], number]>([
  ['sort=-lastLoginAt', ['u1', 'u3', 'u2', 'u4'], 4],
  ['offset=1&limit=2', ['u1', 'u2'], 4],
  ['q=CMD', ['u3'], 1],
  ['q=%25', [], 0],
  ['q=ana%20%3D1', ['u1'], 1],
  ['filter=department:Sales', ['u3', 'u4'], 2],
  ['filter=department:Sales&filter=department:', ['u3', 'u2', 'u4'], 3],
  ['filter=department:Sales&filter=lastLoginAt:', ['u4'], 1],
  ['filter=lastLoginAt:%3C2025-06-01T00:00:00Z', ['u3'], 1],
  ['filter=lastLoginAt:%3C2025-06-01T00:00:00Z&filter=lastLoginAt:', ['u3', 'u2', 'u4'], 3],
  ['filter=lastLoginAt:%3E2024-06-01T00:00:00Z&filter=lastLoginAt:%3C2025-06-01T00:00:00Z', ['u3'], 1],
  ['removed=true', [], 0],
  ['removed=all&filter=status:active&filter=status:locked', ['u3', 'u1', 'u2', 'u4'], 4],
  ['filter=isHuman:', ['u3', 'u1', 'u2', 'u4'], 4],
  ['filter=isHuman:true', [], 0],
])('%s', async (query, keys, total) => {
  const { body } = await rows(`?integration=${ONE}&${query}`);
  expect([body.items.map(({ key }) => key), body.total]).toEqual([keys, total]);
});

test.each<[string, string, string, string]>([
  ['account', 'filter=raw:x', 'filter', 'status, providerStatus, isHuman'],
  ['account', 'filter=displayName:x', 'filter', 'account is not filtered by displayName'],
  ['account', 'filter=lastLoginAt:2025-01-01T00:00:00Z', 'filter', 'lastLoginAt:<2026'],
  ['account', 'filter=lastLoginAt:%3C2025-02-31T00:00:00Z', 'filter', 'lastLoginAt:<2026'],
  ['account', 'filter=isHuman:maybe', 'filter', 'true, false or nothing'],
  ['account', 'filter=status', 'filter', 'a value must follow'],
  ['account', 'filter=status:%00', 'filter', 'field:value'],
  ['account', 'filter=status:x%22%3B--&filter=x%22%3B--:y', 'filter', 'is not filtered by x'],
  ['account', 'sort=raw', 'sort', 'account is not sorted by raw. Fields: login'],
  ['account', 'sort=lastSeenAt', 'sort', 'not sorted'],
  ['account', 'sort=key%3BDROP', 'sort', 'Must be a field'],
  ['account', 'q=a%00b', 'q', '200 characters'],
  ['account', `q=${'a%20'.repeat(9)}`, 'q', '8 words'],
  ['account', 'offset=-1', 'offset', 'whole number'],
  ['account', 'limit=501', 'limit', '1 to 500'],
  ['account', 'removed=maybe', 'removed', 'false'],
  ['account', 'cursor=abc', 'cursor', 'activity only'],
  ['account', 'since=2025-01-01T00:00:00Z', 'since', 'activity only'],
  ['account', 'columns=raw', 'columns', 'Known: '],
  ['activity', 'offset=10', 'offset', 'newest first'],
  ['activity', 'sort=type', 'sort', 'newest first'],
  ['activity', 'removed=true', 'removed', 'newest first'],
  ['activity', 'since=yesterday', 'since', 'instant'],
  ['activity', 'cursor=abc', 'cursor', 'cursor of this list'],
  ['activity', 'filter=published:%3C2025-01-01T00:00:00Z', 'filter', 'type, severity, outcome'],
])('%s?%s is refused and names %s', async (kind, query, field, message) => {
  const { status, body } = await host.api.get<ProblemBody>(`/records/${kind}?${query}`);
  expect([status, body.type]).toEqual([400, 'urn:castellan:problem:invalid-request']);
  expect(body.errors).toEqual([{ field, message: expect.stringContaining(message) }]);
});

test.each([FOREIGN, UNKNOWN, 'none'])(
  'an integration that is not of the workspace (%s) is unknown to every table',
  async (id) => {
    for (const path of ['', '/facets', '/export.csv']) {
      const { status, body } = await host.api.get<ProblemBody>(`/records/account${path}?integration=${id}`);
      expect([path, status, body.errors?.[0]]).toEqual([
        path,
        404,
        { field: 'integration', message: 'There is no integration with this id.' },
      ]);
    }
  },
);

test('the log goes by cursor, newest first, over all integrations', async () => {
  const found: string[] = [];
  let query = '?limit=2';
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { readonly body: RecordRows } = await rows(query, 'activity');
    expect([body.offset, body.total]).toEqual([null, found.length === 0 ? 6 : null]);
    found.push(...keysOf(body));
    cursor = body.next;
    query = `?limit=2&cursor=${cursor}`;
  }
  expect(found).toEqual([3, 2, 1].flatMap((n) => [`Two, second e${n}`, `One e${n}`]));
  const { body } = await rows('?filter=type:type1&actor=u1&since=2026-01-03T00:00:00Z', 'activity');
  expect(keysOf(body)).toEqual(['Two, second e3', 'One e3']);
  expect(body.total).toBe(2);
});

test('facets count what a menu of filters shows', async () => {
  const { body } = await host.api.get<RecordFacets>(`/records/account/facets?filter=department:Sales`);
  expect(body.sample).toBeNull();
  expect(body.fields.find(({ field }) => field === 'department')?.values).toEqual([
    { value: 'Sales', count: 4 },
    { value: 'People', count: 2 },
    { value: null, count: 2 },
  ]);
  expect(body.fields.find(({ field }) => field === 'status')?.values).toEqual([{ value: 'active', count: 4 }]);
});

test('the list of tables says what is there and what each column can do', async () => {
  const { body } = await host.api.get<{ readonly items: readonly RecordTableView[] }>('/records');
  expect(body.items.map(({ kind }) => kind)).toEqual(RECORD_KINDS);
  expect(body.items[0]).toMatchObject({ kind: 'account', present: 8, removed: 0 });
  for (const { kind, fields } of body.items) {
    const times = ['firstSeenAt', 'presentSince', 'lastSeenAt', 'changedAt', 'removedAt'];
    // What other records say of an account.
    const derived = kind === 'account' ? ['authenticator'] : [];
    const own = recordFields(kind).map(({ name }) => name);
    expect(fields.map(({ name }) => name)).toEqual([...own, ...derived, ...times]);
    // What is said to be possible is, and what is not said is refused.
    const seen = await Promise.all(
      fields.map(async ({ name }) => [
        (await rows(`?sort=${name}&limit=1`, kind)).status,
        (await rows(`?filter=${name}:&limit=1`, kind)).status,
      ]),
    );
    expect([kind, seen]).toEqual([
      kind,
      fields.map(({ sortable, filter }) => [sortable ? 200 : 400, filter === null ? 400 : 200]),
    ]);
  }
}, 60_000);

describe('a file', () => {
  const get = (query: string, kind = 'account') => host.api.send('GET', `/records/${kind}/export.csv${query}`);

  test('X44: has all rows of the query, and no formula', async () => {
    const answer = await get('?filter=department:Sales&filter=department:People');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const today = new Date().toISOString().slice(0, 10);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="accounts-${today}.csv"`);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header = '', ...lines] = bytes.subarray(3).toString().split('\r\n');
    const fields = recordFields('account').map(({ name }) => name);
    expect(header.split(',')).toEqual(['integration', 'key', ...fields, 'firstSeenAt', 'lastSeenAt', 'removedAt']);
    const times = '2\\d{3}-[\\d:T.-]+Z,2\\d{3}-[\\d:T.-]+Z,';
    const line = (start: string, more: string) =>
      expect.stringMatching(new RegExp(`^${start},active,,,,,${more},,,,,\\w*,,,,,,,${times}$`));
    expect(lines).toEqual([
      line('One,u1,,,Ana =1\\+1', '2026-01-01T00:00:00.000Z'),
      line(`One,u3,,,"'=cmd\\|calc"`, '2025-01-01T00:00:00.000Z'),
      line('One,u4,,,', ''),
      line('"Two, second",u1,,,Ana =1\\+1', '2026-01-01T00:00:00.000Z'),
      line(`"Two, second",u3,,,"'=cmd\\|calc"`, '2025-01-01T00:00:00.000Z'),
      line('"Two, second",u4,,,', ''),
      '',
    ]);
    expect(bytes.toString()).not.toContain('raw-canary');
  });

  test('stands in the audit log, with what was asked for and how many rows that was', async () => {
    await (await get(`?q=ana&filter=department:People&integration=${ONE}`)).text();
    const { body } = await host.api.get<AuditLogPage>('/audit-log?action=records.export&limit=1');
    expect(body.items[0]).toMatchObject({
      outcome: 'done',
      actor: { name: 'First Administrator' },
      target: { kind: 'records', id: 'account' },
      after: { query: { q: 'ana', filter: 'department:People', integration: ONE }, rows: 1 },
    });
  });

  test('of the log begins at a time that is said', async () => {
    const refused = await host.api.get<ProblemBody>('/records/activity/export.csv');
    expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([400, 'since']);
    const text = await (await get('?since=2026-01-03T00:00:00Z', 'activity')).text();
    expect(
      text
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',').slice(-9, -8).length),
    ).toHaveLength(4);
    expect([...text.matchAll(/,e(\d),/g)].map(([, n]) => n)).toEqual(['3', '3', '2', '2']);
  });

  test('as JSON Lines has the rows of the table', async () => {
    const answer = await host.api.send('GET', '/records/account/export.jsonl?filter=department:Sales');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jsonl; charset=utf-8']);
    const lines = (await answer.text()).split('\n');
    expect(lines.pop()).toBe('');
    const { body } = await rows('?filter=department:Sales');
    const order = (items: readonly { readonly key: string; readonly integration: object }[]) =>
      items.map((item) => JSON.stringify(item)).toSorted();
    expect(order(lines.map((line) => JSON.parse(line) as RecordRows['items'][number]))).toEqual(order(body.items)); // a row of ours
    expect(body.items).toHaveLength(4);
  });

  test('in a format that there is not is not found', async () => {
    const { status, body } = await host.api.get<ProblemBody>('/records/account/export.xlsx');
    expect([status, body.errors?.[0]?.field]).toEqual([404, 'format']);
  });

  test('of no rows is a header', async () => {
    const text = await (await get('', 'identity_provider')).text();
    expect(text.trim().split('\r\n')).toHaveLength(1);
  });
});
