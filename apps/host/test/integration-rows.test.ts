import type { ApiKeyView, DeletionView, IntegrationView, ProblemBody } from '@castellan/api';
import type { AuditEntry } from '@castellan/storage';
import { OpenHost, temporaryFolder } from './integration-harness.js';

// Integrations that no provider is behind: the tests put their rows there.

interface ListPage {
  readonly items: readonly IntegrationView[];
  readonly next: string | null;
}

const folder = temporaryFolder();
let open: OpenHost;
let id: string;

const WORKSPACE = '00000000-0000-4000-8000-000000000001';
const path = (more = ''): string => `/integrations/${id}${more}`;
const list = async (query = ''): Promise<ListPage> => (await open.host.api.get<ListPage>(`/integrations${query}`)).body;
const cursorOf = (name: string, position: string): string =>
  Buffer.from(JSON.stringify([name, position])).toString('base64url');

/** @returns the ids. Paused ones are left alone by the host. */
async function insert(count: number, connector = 'okta', paused = true): Promise<readonly string[]> {
  const rows = await open.rows<{ readonly id: string }>(
    `INSERT INTO integrations (workspace_id, connector_id, name, config, paused, next_run_at)
     SELECT $1, $2, $2 || ' of customer ' || gen_random_uuid(), '{}', $4, now() + interval '1 day' FROM generate_series(1, $3::int)
     RETURNING id`,
    [WORKSPACE, connector, count, paused],
  );
  return rows.map((row) => row.id);
}

const audited = async (action: string, target: string): Promise<readonly Pick<AuditEntry, 'before' | 'after'>[]> =>
  open.rows(`SELECT before, after FROM audit_log WHERE action = $1 AND target->>'id' = $2 ORDER BY seq`, [action, target]);

const sixTimes = <T>(ask: (n: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: 6 }, (_, n) => ask(n)));

/** Each change begins where the one before it has ended, and changes something. */
function expectChain(rows: readonly Pick<AuditEntry, 'before' | 'after'>[], field: string): void {
  const pairs = rows.map(({ before, after }) =>
    [before, after].map((side) => Object.entries(side ?? {}).find(([key]) => key === field)?.[1]),
  );
  expect(pairs.length).toBeGreaterThan(1);
  for (const [at, [from, to]] of pairs.entries()) {
    expect(from).not.toEqual(to);
    if (at > 0) expect(from).toEqual(pairs[at - 1]?.[1]);
  }
}

beforeAll(async () => {
  open = await OpenHost.start(folder);
  [id = ''] = await insert(1);
}, 60_000);
afterAll(() => open.close(), 30_000);

describe('a made-up cursor is refused', () => {
  const someone = '6f1f1b0a-5d0e-4a52-8d0e-5b9a3c1f7e64';
  test.each([
    `2026-11-25T06:00:00.000000+23:59|${someone}`,
    `0000-01-01T00:00:00.000000Z|${someone}`,
    `0000-01-01T00:00:00+00:00|${someone}`,
    `9999-12-31T23:59:59.000000Z|${someone}`,
    `2026-02-31T00:00:00.000000Z|${someone}`,
    `2026-11-25T25:00:00.000000Z|${someone}`,
    `2026-11-25T06:00:00.000000Z|`,
    `2026-11-25T06:00:00.000000Z|${someone}|x`,
  ])('%s', async (position) => {
    for (const [name, route] of [
      ['integrations', '/integrations'],
      ['holds', path('/holds')],
    ] as const)
      expect(await open.host.api.get(`${route}?cursor=${cursorOf(name, position)}`)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'cursor' }] },
      });
  });
});

describe('the audit log says what was so', () => {
  test('of six who pause at once one has paused it, and of six who resume one', async () => {
    for (const [word, paused] of [
      ['resume', false],
      ['pause', true],
    ] as const) {
      const answers = await sixTimes(() => open.host.api.post<IntegrationView>(path(`/${word}`)));
      expect(answers.map(({ status, body }) => [status, body.paused])).toEqual(Array.from({ length: 6 }, () => [200, paused]));
      expect(await audited(`integration.${word}`, id)).toMatchObject([{ before: { paused: !paused }, after: { paused } }]);
    }
  });

  test('changes of an integration at once stand one behind the other; one that changes nothing is no row', async () => {
    await sixTimes((n) => open.host.api.ask('PATCH', path(), { name: `Renamed ${n % 3}` }));
    const rows = await audited('integration.update', id);
    expectChain(rows, 'name');
    const { name } = await open.host.api.detail(id);
    expect((await open.host.api.ask('PATCH', path(), { name })).status).toBe(200);
    expect(await audited('integration.update', id)).toEqual(rows);
  });

  test('changes of a user and of a workspace at once, too', async () => {
    const made = async (noun: string, body: object): Promise<string> =>
      (await open.host.api.post<{ readonly id: string }>(noun, body)).body.id;
    const user = await made('/users', { email: 'bo@castellan.test', name: 'Bo', role: 'viewer' });
    await sixTimes((n) => open.host.api.ask('PATCH', `/users/${user}`, { name: `Bo ${n % 3}` }));
    expectChain(await audited('user.update', user), 'name');
    const workspace = await made('/workspaces', { name: 'Globex' });
    await sixTimes((n) => open.host.api.ask('PATCH', `/workspaces/${workspace}`, { name: `Globex ${n % 3}` }));
    expectChain(await audited('workspace.update', workspace), 'name');
  });

  test('a key is revoked once', async () => {
    const { body } = await open.host.api.post<ApiKeyView>('/api-keys', { name: 'Report', scopes: ['records:read'] });
    const answers = await sixTimes(() => open.host.api.ask('DELETE', `/api-keys/${body.id}`));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(204));
    expect(await audited('api-key.revoke', body.id)).toHaveLength(1);
  });
});

test('an integration whose connector this host does not have says so, and is not called unknown', async () => {
  const [orphan] = await insert(1, 'entra');
  for (const [method, more, body] of [
    ['POST', '/test', undefined],
    ['PATCH', '', { config: {} }],
    ['POST', '/reconnect', { config: {} }],
  ] as const)
    expect(await open.host.api.ask<ProblemBody>(method, `/integrations/${orphan}${more}`, body)).toMatchObject({
      status: 503,
      body: { type: 'urn:castellan:problem:connector-unavailable', detail: expect.stringContaining('"entra"') },
    });
  expect(await open.host.api.refused({ connector: 'entra', config: {} })).toMatchObject({
    status: 404,
    body: { errors: [{ field: 'connector' }] },
  });
});

test('a deletion says what stays for a while', async () => {
  const { body } = await open.host.api.get<DeletionView>(path('/deletion'));
  expect(body.stays).toContainEqual(expect.stringMatching(/30 days.*webhook deliveries/));
});

test('holds come in pages, and by state', async () => {
  await open.rows(
    `INSERT INTO sweep_holds (integration_id, stream, kind, generation, would_remove, present, exempt, state)
     SELECT $1, 's' || n, 'account', 1, n, n, '{}', CASE WHEN n = 1 THEN 'open' ELSE 'rejected' END FROM generate_series(1, 5) AS n`,
    [id],
  );
  interface Holds {
    readonly items: readonly { readonly id: string; readonly stream: string }[];
    readonly next: string | null;
  }
  const holds = async (query: string): Promise<Holds> => (await open.host.api.get<Holds>(path(`/holds?${query}`))).body;
  const first = await holds('limit=3');
  const second = await holds(`limit=3&cursor=${first.next}`);
  expect([first.items.length, second.items.length, second.next]).toEqual([3, 2, null]);
  expect(new Set([...first.items, ...second.items].map((hold) => hold.stream)).size).toBe(5);
  const { items } = await holds('state=open');
  expect(items.map(({ stream }) => stream)).toEqual(['s1']);
  for (const query of ['state=done', 'limit=0', 'limit=201'])
    expect((await open.host.api.get(path(`/holds?${query}`))).status).toBe(400);
  const records = path(`/holds/${items[0]?.id}/records`);
  expect(await open.host.api.get(records)).toMatchObject({ status: 200, body: { items: [], next: null } });
  const foreign = cursorOf('hold 6f1f1b0a-5d0e-4a52-8d0e-5b9a3c1f7e64', 'a');
  expect((await open.host.api.get(`${records}?cursor=${foreign}`)).status).toBe(400);
  expect((await open.host.api.get(path(`/holds/${id}/records`))).status).toBe(404);
});

test('a status that few have is looked for in a thousand integrations a page', async () => {
  await insert(1_100);
  const [last] = await insert(1, 'okta', false);
  const first = await list('?status=never_synced');
  expect(first).toMatchObject({ items: [], next: expect.any(String) });
  const second = await list(`?status=never_synced&cursor=${first.next}`);
  expect([second.items.map((item) => item.id), second.next]).toEqual([[last], null]);
}, 30_000);
