import type {
  AccessGraph,
  AccessHit,
  AccessOverview,
  Administrators,
  EdgeChanges,
  PrincipalUsage,
  ProblemBody,
  RemovalSuggestions,
  UnusedApplications,
  UnusedRoles,
} from '@castellan/api';
import { settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { otherWorkspace, type Person } from '../security/workspace-people.js';
import { daysAgo, DIRECTORY, FOREIGN, FORMULA, Organisation, ownWorkspace } from './organisation.js';

const folder = temporaryFolder();
let host: TestHost;
let stranger: Person;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  const other = await otherWorkspace(host, 'globex');
  stranger = other;
  await new Organisation(host, await ownWorkspace(host), DIRECTORY, 'Directory').seed();
  const foreign = new Organisation(host, other.workspaceId, FOREIGN, 'Foreign');
  await foreign.seed();
  await foreign.account('zoe', 'Zoe Foreign', 'active');
  await host.query(
    `INSERT INTO access_counts VALUES
       ('${DIRECTORY}', 'aws', 3, now(), ARRAY[date '2026-05-10', (now() AT TIME ZONE 'UTC')::date - 2], ARRAY[1, 1]),
       ('${DIRECTORY}', 'led:ger', 2, NULL, '{}', '{}')
     ON CONFLICT (integration_id, application) DO UPDATE SET accounts = excluded.accounts, last_at = excluded.last_at,
       last_days = excluded.last_days, last_accounts = excluded.last_accounts`,
  );
}, 60_000);
afterAll(() => host.close());

const ask = <T>(path: string) => host.api.get<T>(`/integrations/${DIRECTORY}/access/${path}`);

test('applications that are not used, by what was counted', async () => {
  const of = async (query: string) =>
    (await ask<UnusedApplications>(`unused?days=30${query}`)).body.items.map(
      ({ application, accounts, unused }) => `${application.label} ${unused}/${accounts}`,
    );
  expect((await of('')).toSorted()).toEqual(['AWS 2/3', 'Ledger 2/2']);
  expect(await of('&sort=share')).toEqual(['Ledger 2/2', 'AWS 2/3']);
  expect(await of('&sort=name')).toEqual(['AWS 2/3', 'Ledger 2/2']);
  expect(await of('&q=LED')).toEqual(['Ledger 2/2']);
  expect(await of('&group=eng')).toEqual(['Ledger 2/2', 'AWS 1/2']);
  const first = (await ask<UnusedApplications>('unused?days=30&sort=name&limit=1')).body;
  const second = (await ask<UnusedApplications>(`unused?days=30&sort=name&limit=1&cursor=${first.next}`)).body;
  expect([second.items.map(({ application }) => application.label), second.next]).toEqual([['Ledger'], null]);
});

test('administrators who do not administer, and assignments that can go', async () => {
  const roles = (await ask<UnusedRoles>('unused-roles?days=30')).body;
  expect(roles.items).toMatchObject([{ account: { key: 'ana' }, roles: [{ label: 'Super administrator' }], usage: null }]);
  const { items } = (await ask<RemovalSuggestions>('suggestions?application=aws&days=30')).body;
  expect(items).toMatchObject([
    { principal: { key: 'dee' }, application: { key: 'aws' }, accounts: 1, losing: 1, breaking: 0 },
  ]);
});

test('what somebody uses', async () => {
  const { body } = await ask<PrincipalUsage>('usage?of=account:ana');
  expect(body.applications.map(({ node, times }) => [node.label, times])).toEqual([['AWS', 7]]);
  expect([body.signIn, body.administration]).toEqual([null, null]);
  expect(body.days).toMatchObject([{ signIns: 0, applications: 7 }]);
});

test('what came and went, newest first, in pages', async () => {
  const since = 'since=2026-03-10T00:00:00Z';
  const told = ({ items }: EdgeChanges) => items.map(({ what, from, to }) => `${what} ${from.label} > ${to.label}`);
  const first = (await ask<EdgeChanges>(`edge-changes?${since}&limit=3`)).body;
  expect(told(first)).toEqual([`lost Cy Ng > ${FORMULA}`, 'gained Bo Lind > Engineering', `gained Cy Ng > ${FORMULA}`]);
  const second = (await ask<EdgeChanges>(`edge-changes?${since}&limit=3&cursor=${first.next}`)).body;
  expect([told(second), second.next]).toEqual([['gained dee@acme.example > AWS'], null]);
  const until = (await ask<EdgeChanges>(`edge-changes?${since}&until=2026-04-15T00:00:00Z`)).body;
  expect(told(until)).toEqual([`gained Cy Ng > ${FORMULA}`, 'gained dee@acme.example > AWS']);
});

test.each([
  '["2026-02-31 00:00:00+00","membership","k","gained"]',
  '["2026-05-01 00:00:00+00","m","k\\u0000","gained"]',
  '["x","m","k","lost"]',
  '[]',
])('a place in them that nobody was given (%s) is refused', async (place) => {
  const since = 'since=2026-03-10T00:00:00Z';
  const { next } = (await ask<EdgeChanges>(`edge-changes?${since}&limit=1`)).body;
  const [list]: unknown[] = JSON.parse(Buffer.from(String(next), 'base64url').toString());
  const cursor = Buffer.from(JSON.stringify([list, place])).toString('base64url');
  const { status, body } = await ask<ProblemBody>(`edge-changes?${since}&limit=1&cursor=${cursor}`);
  expect([status, body.errors?.[0]?.field]).toEqual([400, 'cursor']);
});

test('the graph has what hangs on a node', async () => {
  const { body } = await ask<AccessGraph>('graph?of=account:ana');
  const labels = body.nodes.flatMap(({ node }) => (node === null ? [] : [node.label]));
  expect(labels[0]).toBe('Ana Diaz');
  expect(labels.toSorted()).toEqual([FORMULA, 'AWS', 'Ana Diaz', 'Engineering', 'Ledger', 'Super administrator']);
  const ids = new Set(body.nodes.map(({ id }) => id));
  expect(body.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
});

test('the graph of a day of the past has what hung on a node then', async () => {
  /** Who is named, and how many people hang on what. */
  const of = async (node: string, at?: string) => {
    const { body } = await ask<AccessGraph>(`graph?of=${node}${at === undefined ? '' : `&at=${at}`}`);
    const named = new Map(body.nodes.map(({ id, node: one, count }) => [id, one?.label ?? `${count}`]));
    return body.edges.map(({ from, to }) => `${named.get(from)} > ${named.get(to)}`).toSorted();
  };
  const into = [`Engineering > ${FORMULA}`, `${FORMULA} > Ledger`];
  expect(await of('group:all')).toEqual(['2 > Engineering', ...into].toSorted());
  expect(await of('group:all', '2026-05-15T00:00:00Z')).toEqual([`1 > ${FORMULA}`, '2 > Engineering', ...into].toSorted());
  expect(await of('group:all', '2026-04-15T00:00:00Z')).toEqual([`1 > ${FORMULA}`, '1 > Engineering', ...into].toSorted());
  const aws = ['2 > Engineering', 'Engineering > AWS', '1 > AWS'];
  expect(await of('application:aws', '2026-05-15T00:00:00Z')).toEqual(aws.toSorted());
  // Dee was given it on the 15th of March, Bo came on the first of May.
  expect(await of('application:aws', '2026-03-10T00:00:00Z')).toEqual(['1 > Engineering', 'Engineering > AWS']);
  const { status, body } = await ask<ProblemBody>('graph?of=group:all&at=2026-02-15T00:00:00Z');
  expect([status, body.errors?.[0]?.field]).toEqual([400, 'at']);
});

test('a search finds what is in the workspace, and nothing of another one', async () => {
  const found = async (q: string, { api }: Pick<Person, 'api'> = host) =>
    (await api.get<{ readonly items: readonly AccessHit[] }>(`/access/search?q=${q}`)).body.items.map(
      ({ integration, node }) => `${integration.name} ${node.kind} ${node.label}`,
    );
  expect(await found('ana%20di')).toEqual(['Directory account Ana Diaz']);
  expect(await found('ledger')).toEqual(['Directory application Ledger']);
  expect(await found('zoe')).toEqual([]);
  expect(await found('zoe', stranger)).toEqual(['Foreign account Zoe Foreign']);
  expect(await found('')).toEqual([]);
  expect(await found('%25')).toEqual([]);
  for (const q of ['', '?q=a%00', `?q=${'a%20'.repeat(9)}`, `?q=${'a'.repeat(201)}`]) {
    const { status, body } = await host.api.get<ProblemBody>(`/access/search${q}`);
    expect([q, status, body.errors?.[0]?.field]).toEqual([q, 400, 'q']);
  }
});

test('who holds a role is listed and filed, of the own workspace alone', async () => {
  const of = async (query: string, { api }: Pick<Person, 'api'> = host) => {
    const { body } = await api.get<Administrators>(`/access/administrators${query}`);
    return [
      body.total,
      ...body.items.map(({ integration, principal, roles }) =>
        [integration.name, principal.label, ...roles.map(({ role, direct }) => `${role.label} ${direct}`)].join(', '),
      ),
    ];
  };
  expect(await of('')).toEqual([1, 'Directory, Ana Diaz, Super administrator true']);
  expect(await of('?kind=client')).toEqual([1, 'Directory, prog, Super administrator true']);
  expect(await of('?kind=group')).toEqual([0]);
  expect(await of('', stranger)).toEqual([1, 'Foreign, Ana Diaz, Super administrator true']);
  expect((await stranger.api.get(`/access/administrators?integration=${DIRECTORY}`)).status).toBe(404);
  expect((await host.api.get('/access/administrators?kind=role')).status).toBe(400);
  const file = await (await host.api.send('GET', '/access/administrators/export.jsonl?kind=client')).text();
  expect(
    file
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toMatchObject([{ principal: { kind: 'client', key: 'prog' }, usage: null }]);
});

test('the numbers are those of the workspace', async () => {
  const { body } = await host.api.get<AccessOverview>('/access/overview');
  expect(body).toMatchObject({
    accounts: 4,
    accountsByStatus: [
      { name: 'active', count: 3 },
      { name: 'suspended', count: 1 },
    ],
    administrators: [{ integration: DIRECTORY, role: { label: 'Super administrator' }, accounts: 1 }],
    administratorCount: 1,
    administratorGroupCount: 0,
    administratorClientCount: 1,
  });
  expect((await stranger.api.get<AccessOverview>('/access/overview')).body.accounts).toBe(5);
});

test.each<[string, string, string]>([
  ['unused', 'days', 'Is required'],
  ['unused?days=0', 'days', '1 to 3650'],
  ['unused?days=3651', 'days', '1 to 3650'],
  ['unused?days=30&sort=size', 'sort', 'unused, share, name'],
  ['unused?days=30&group=eng&q=a', 'q', 'group'],
  ['unused?days=30&group=eng&sort=name', 'sort', 'group'],
  ['unused?days=30&group=a%00', 'group', 'key of a group'],
  ['unused?days=30&cursor=abc', 'cursor', 'cursor of this list'],
  ['unused-roles?days=-1', 'days', '1 to 3650'],
  ['unused-roles?days=30&cursor=abc', 'cursor', 'cursor of this list'],
  ['suggestions?days=30', 'application', 'Is required'],
  ['suggestions?application=aws&days=x', 'days', '1 to 3650'],
  ['usage?of=group:eng', 'of', 'account, client'],
  ['usage', 'of', 'Is required'],
  ['graph?of=eng', 'of', 'kind:key'],
  ['graph?of=person:eng', 'of', 'account, group, client, application, role'],
  ['edge-changes', 'since', 'Is required'],
])('%s is refused and names %s', async (path, field, message) => {
  const { status, body } = await ask<ProblemBody>(path);
  expect([status, body.errors]).toEqual([400, [{ field, message: expect.stringContaining(message) }]]);
});

// Last: the numbers of the workspace are counted above.
const FEW = '00000000-0000-4000-8000-0000000000c4';

test('an assignment that few use is suggested after those that nobody does, with how many they are; one that more use is not', async () => {
  const few = new Organisation(host, await ownWorkspace(host), FEW, 'Few');
  await few.seed();
  await few.application('crm', 'CRM');
  // Of 40 two use it, of 15 two as well, of three nobody.
  for (const [group, count] of Object.entries({ many: 40, busy: 15, silent: 3 })) {
    await few.assign('crm', 'group', group);
    for (let n = 1; n <= count; n += 1) {
      await few.account(`${group}${n}`, null, 'active');
      await few.member(group, `${group}${n}`);
      if (n <= 2 && group !== 'silent') await few.use(`${group}${n}`, 'crm', daysAgo(9), daysAgo(5), 1);
    }
  }
  const asked = async (days: number) =>
    (
      await host.api.get<RemovalSuggestions>(`/integrations/${FEW}/access/suggestions?application=crm&days=${days}`)
    ).body.items.map(({ principal, accounts, losing, breaking }) => [principal.key, accounts, losing, breaking]);
  expect(await asked(30)).toEqual([
    ['silent', 3, 3, 0],
    ['many', 40, 40, 2],
  ]);
  expect(await asked(1)).toEqual([
    ['many', 40, 40, 0],
    ['busy', 15, 15, 0],
    ['silent', 3, 3, 0],
  ]);
});
