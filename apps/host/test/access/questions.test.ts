import type { AccessChanges, AccessPage, AccessReasons, ProblemBody } from '@castellan/api';
import { settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { otherWorkspace } from '../security/workspace-people.js';
import { DIRECTORY, FOREIGN, FORMULA, OBSERVED_SINCE, Organisation, ownWorkspace, SECOND, UNREAD } from './organisation.js';

const UNKNOWN = '00000000-0000-4000-8000-00000000dead';
const folder = temporaryFolder();
let host: TestHost;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  const stranger = await otherWorkspace(host, 'globex');
  const mine = await ownWorkspace(host);
  await new Organisation(host, mine, DIRECTORY, 'Directory').seed();
  await new Organisation(host, mine, SECOND, 'Second').seed();
  await new Organisation(host, stranger.workspaceId, FOREIGN, 'Foreign').seed();
  await host.query(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, paused, next_run_at)
     VALUES ('${UNREAD}', '${mine}', 'okta', 'Unread', '{}', true, now() + interval '1 year')`,
  );
}, 60_000);
afterAll(() => host.close());

const ask = <T>(path: string, id = DIRECTORY) => host.api.get<T>(`/integrations/${id}/access/${path}`);
const labels = ({ items }: AccessPage) => items.map(({ node }) => node.label);

describe('what is reached', () => {
  test('by an account: applications by name, with chains, since when, and the last use', async () => {
    const { status, body } = await ask<AccessPage>('reach?from=account:ana&to=application');
    expect([status, labels(body)]).toEqual([200, ['AWS', 'Ledger']]);
    expect(body.subject).toMatchObject({ kind: 'account', key: 'ana', label: 'Ana Diaz', status: 'active', present: true });
    expect(body.coverage).toMatchObject({ since: '2026-02-01T00:00:00.000Z' });
    expect(body.items[0]).toMatchObject({ chainCount: 1, more: false, orBefore: true, usage: { times: 7 } });
    const [, ledger] = body.items;
    expect(ledger?.usage).toBeNull();
    expect(ledger?.chains[0]?.links.map(({ from, to }) => `${from.kind}:${from.key} ${to.kind}:${to.key}`)).toEqual([
      'account:ana group:eng',
      'group:eng group:all',
      'group:all application:led:ger',
    ]);
    expect(body.nodes.map(({ label }) => label).toSorted()).toEqual([FORMULA, 'Engineering']);
  });

  test.each<[string, readonly string[]]>([
    ['from=account:ana&to=application&sort=-name', ['Ledger', 'AWS']],
    ['from=account:ana&to=application&sort=-lastUsed', ['AWS', 'Ledger']],
    ['from=account:ana&to=application&sort=lastUsed', ['Ledger', 'AWS']],
    ['from=account:ana&to=application&unused=30', ['Ledger']],
    ['from=account:bo&to=application&unused=30', ['AWS', 'Ledger']],
    ['from=account:bo&to=application&unused=3650', ['Ledger']],
    ['from=account:ana&to=application&q=LED', ['Ledger']],
    ['from=account:ana&to=role', ['Super administrator']],
    ['from=account:ana&to=group', [FORMULA, 'Engineering']],
    ['from=group:eng&to=group', [FORMULA]],
    ['from=group:eng&to=application', ['AWS', 'Ledger']],
    ['from=client:prog&to=role', ['Super administrator']],
    ['from=client:prog&to=role&unused=30', ['Super administrator']],
    ['from=account:bo&to=application&at=2026-04-15T00:00:00Z', []],
    ['from=account:cy&to=application&at=2026-04-15T00:00:00Z', ['Ledger']],
    ['from=account:cy&to=application', []],
  ])('%s', async (query, expected) => {
    expect(labels((await ask<AccessPage>(`reach?${query}`)).body)).toEqual(expected);
  });

  test('in pages, to the end', async () => {
    const first = (await ask<AccessPage>('reach?from=account:ana&to=application&limit=1')).body;
    expect(labels(first)).toEqual(['AWS']);
    const second = (await ask<AccessPage>(`reach?from=account:ana&to=application&limit=2&cursor=${first.next}`)).body;
    expect([labels(second), second.next]).toEqual([['Ledger'], null]);
  });
});

describe('who reaches', () => {
  test.each<[string, readonly string[]]>([
    ['to=application:aws', ['Ana Diaz', 'Bo Lind', 'dee@acme.example']],
    ['to=application:led:ger&from=account', ['Ana Diaz', 'Bo Lind']],
    ['to=application:led:ger&from=group', [FORMULA, 'Engineering']],
    ['to=role:SUPER&from=client', ['prog']],
    ['to=role:SUPER', ['Ana Diaz']],
    ['to=group:all&from=group', ['Engineering']],
    ['to=application:aws&via=eng', ['Ana Diaz', 'Bo Lind']],
    ['to=application:aws&via=none', []],
    ['to=application:aws&filter=department:Sales', ['Bo Lind']],
    ['to=application:aws&filter=department:Sales&filter=department:&q=ana', ['Ana Diaz']],
    ['to=application:aws&unused=30', ['Bo Lind', 'dee@acme.example']],
    ['to=application:aws&sort=lastUsed', ['dee@acme.example', 'Bo Lind', 'Ana Diaz']],
    ['to=application:aws&sort=-lastUsed', ['Ana Diaz', 'Bo Lind', 'dee@acme.example']],
    ['to=application:aws&at=2026-03-20T00:00:00Z', ['Ana Diaz', 'dee@acme.example']],
    ['to=application:led:ger&at=2026-05-31T23:59:59Z', ['Ana Diaz', 'Bo Lind', 'Cy Ng']],
    ['to=application:led:ger&at=2026-06-01T00:00:00Z', ['Ana Diaz', 'Bo Lind']],
  ])('%s', async (query, expected) => {
    const { status, body } = await ask<AccessPage>(`reached-by?${query}`);
    expect([status, labels(body)]).toEqual([200, expected]);
    if (query.includes('from=group') || query.includes('from=client')) return;
    const conditions = query.replace(/&sort=[-\w]+/, '');
    expect((await ask(`reached-by/total?${conditions}`)).body).toEqual({ total: expected.length });
  });

  test('in pages by what was used last, each account once', async () => {
    const found: string[] = [];
    for (let query = ''; ; ) {
      const { body } = await ask<AccessPage>(`reached-by?to=application:aws&sort=lastUsed&limit=1${query}`);
      found.push(...labels(body));
      if (body.next === null) break;
      query = `&cursor=${body.next}`;
    }
    expect(found).toEqual(['dee@acme.example', 'Bo Lind', 'Ana Diaz']);
  });
});

test('why: every chain, or none', async () => {
  const { body } = await ask<AccessReasons>('why?from=account:ana&to=application:led:ger');
  expect(body).toMatchObject({ from: { label: 'Ana Diaz' }, to: { label: 'Ledger' }, more: false });
  expect(body.chains.map(({ links }) => links.length)).toEqual([3]);
  expect((await ask<AccessReasons>('why?from=account:dee&to=application:led:ger')).body.chains).toEqual([]);
  expect((await ask<AccessReasons>('why?from=client:prog&to=role:SUPER')).body.chains).toHaveLength(1);
});

test('loss: what hangs on one membership alone', async () => {
  expect(labels((await ask<AccessPage>('loss?from=account:ana&group=eng&to=application')).body)).toEqual(['AWS', 'Ledger']);
  expect(labels((await ask<AccessPage>('loss?from=group:eng&group=all&to=application')).body)).toEqual(['Ledger']);
});

test('changes: gained and lost between two instants, of both sides', async () => {
  const told = ({ items }: AccessChanges) => items.map(({ what, node }) => `${what} ${node.key}`);
  const since = 'since=2026-04-15T00:00:00Z';
  expect(told((await ask<AccessChanges>(`changes?of=account:bo&other=application&${since}`)).body)).toEqual([
    'gained aws',
    'gained led:ger',
  ]);
  const { body } = await ask<AccessChanges>(`changes?of=application:led:ger&other=account&${since}`);
  expect([told(body), body.subject.label]).toEqual([['gained bo', 'lost cy'], 'Ledger']);
  const first = (await ask<AccessChanges>(`changes?of=application:led:ger&other=account&${since}&limit=1`)).body;
  const second = await ask<AccessChanges>(`changes?of=application:led:ger&other=account&${since}&limit=1&cursor=${first.next}`);
  expect([told(first), told(second.body), second.body.next]).toEqual([['gained bo'], ['lost cy'], null]);
  const until = (await ask<AccessChanges>(`changes?of=application:led:ger&other=account&${since}&until=2026-05-15T00:00:00Z`))
    .body;
  expect([told(until), until.until]).toEqual([['gained bo'], '2026-05-15T00:00:00.000Z']);
});

const LONG = 'k'.repeat(2_501);
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

test.each<[string, string, string]>([
  ['reach?to=application', 'from', 'Is required'],
  ['reach?from=ana&to=application', 'from', 'kind:key'],
  ['reach?from=account:&to=application', 'from', 'kind:key'],
  [`reach?from=account:${LONG}&to=application`, 'from', '2500'],
  ['reach?from=account:a%00&to=application', 'from', 'kind:key'],
  ['reach?from=account:a&from=account:b&to=application', 'from', 'kind:key'],
  ['reach?from=person:ana&to=application', 'from', 'account, group, client'],
  ['reach?from=role:SUPER&to=application', 'from', 'role cannot be asked about here'],
  ['reach?from=account:ana&to=client', 'to', 'application, role, group'],
  ['reach?from=client:prog&to=application', 'to', 'Ask for: role.'],
  ['reach?from=account:ana&to=application&at=yesterday', 'at', 'instant'],
  ['reach?from=account:ana&to=application&at=2026-02-31T00:00:00Z', 'at', 'instant'],
  [`reach?from=account:ana&to=application&at=${TOMORROW}`, 'at', 'future'],
  ['reach?from=account:ana&to=application&at=1999-12-31T23:59:59Z', 'at', '2000'],
  ['reach?from=account:ana&to=application&unused=0', 'unused', '1 to 3650'],
  ['reach?from=account:ana&to=application&unused=3651', 'unused', '1 to 3650'],
  ['reach?from=account:ana&to=application&unused=x', 'unused', '1 to 3650'],
  ['reach?from=account:ana&to=group&unused=30', 'unused', 'Nobody uses a group'],
  ['reach?from=group:eng&to=application&unused=30', 'unused', 'A group uses nothing itself'],
  ['reach?from=group:eng&to=application&sort=-lastUsed', 'sort', 'A group uses nothing itself'],
  ['reach?from=account:ana&to=application&sort=uses', 'sort', '-lastUsed'],
  ['reach?from=account:ana&to=application&q=a%00', 'q', '200 characters'],
  [`reach?from=account:ana&to=application&q=${'a%20'.repeat(9)}`, 'q', '8 words'],
  ['reach?from=account:ana&to=application&limit=501', 'limit', '1 to 500'],
  ['reach?from=account:ana&to=application&via=eng', 'via', 'Known: '],
  ['reach?from=account:ana&to=application&cursor=abc', 'cursor', 'cursor of this list'],
  ['reached-by?to=account:ana', 'to', 'application, role, group'],
  ['reached-by?to=application:aws&from=client', 'from', 'Ask for: account, group'],
  ['reached-by?to=application:aws&from=person', 'from', 'account, group, client'],
  ['reached-by?to=application:aws&from=group&via=eng', 'via', 'accounts only'],
  ['reached-by?to=application:aws&from=group&filter=status:active', 'filter', 'accounts only'],
  ['reached-by?to=application:aws&from=group&unused=30', 'unused', 'accounts only'],
  ['reached-by?to=application:aws&from=group&sort=lastUsed', 'sort', 'accounts only'],
  ['reached-by?to=role:SUPER&from=client&unused=30', 'unused', 'accounts only'],
  ['reached-by?to=group:all&unused=30', 'unused', 'Nobody uses a group'],
  ['reached-by?to=group:all&sort=-lastUsed', 'sort', 'Nobody uses a group'],
  ['reached-by?to=application:aws&filter=raw:x', 'filter', 'account is not filtered by raw'],
  ['reached-by?to=application:aws&filter=status:%00', 'filter', 'field:value'],
  ['reached-by?to=application:aws&sort=-name', 'sort', 'lastUsed'],
  [`reached-by?to=application:aws&via=${LONG}`, 'via', '2500'],
  ['reached-by/total?to=application:aws&from=group', 'from', 'Only accounts'],
  ['reached-by/total?to=application:aws&sort=name', 'sort', 'Known: '],
  ['why?from=account:ana&to=account:bo', 'to', 'application, role, group'],
  ['why?from=client:prog&to=application:aws', 'to', 'Ask for: role.'],
  ['loss?from=client:prog&group=eng&to=role', 'from', 'account, group'],
  ['loss?from=account:ana&to=role', 'group', 'Is required'],
  ['changes?of=account:ana&other=application', 'since', 'Is required'],
  ['changes?of=account:ana&other=account&since=2026-04-15T00:00:00Z', 'of', 'application, role, group'],
  ['changes?of=application:aws&other=role&since=2026-04-15T00:00:00Z', 'of', 'account, group, client'],
  ['changes?of=client:prog&other=group&since=2026-04-15T00:00:00Z', 'other', 'Ask for: role.'],
  ['changes?of=account:ana&other=client&since=2026-04-15T00:00:00Z', 'other', 'account'],
  ['changes?of=account:ana&other=role&since=2026-05-01T00:00:00Z&until=2026-05-01T00:00:00Z', 'since', 'before `until`'],
  [`changes?of=account:ana&other=role&since=2026-05-01T00:00:00Z&until=${TOMORROW}`, 'until', 'future'],
])('%s is refused and names %s', async (path, field, message) => {
  const { status, body } = await ask<ProblemBody>(path);
  expect([status, body.type]).toEqual([400, 'urn:castellan:problem:invalid-request']);
  expect(body.errors).toEqual([{ field, message: expect.stringContaining(message) }]);
});

test.each([
  'reach?from=account:ana&to=application',
  'reach/export.csv?from=account:ana&to=application',
  'reached-by?to=application:aws',
  'reached-by/total?to=application:aws',
  'reached-by/export.csv?to=application:aws',
])('%s of a day of the past is not narrowed by use up to now, and both are named with the way out', async (path) => {
  const { status, body } = await ask<ProblemBody>(`${path}&at=2026-05-20T00:00:00Z&unused=30`);
  const message: unknown = expect.stringContaining('leave out `at`, or leave out `unused`');
  expect([status, body.errors]).toEqual([
    400,
    [
      { field: 'unused', message },
      { field: 'at', message },
    ],
  ]);
  for (const one of ['at=2026-05-20T00:00:00Z', 'unused=30']) expect((await ask(`${path}&${one}`)).status).toBe(200);
});

test.each<[string, string]>([
  ['reach?from=account:ana&to=application&at=2026-03-02T12:00:00Z', 'at'],
  ['reached-by/total?to=application:aws&at=2026-03-01T00:00:00Z', 'at'],
  ['why?from=account:ana&to=application:aws&at=2026-03-01T00:00:00Z', 'at'],
  ['changes?of=account:ana&other=role&since=2026-03-02T12:00:00Z', 'since'],
  ['edge-changes?since=2026-03-01T00:00:00Z', 'since'],
  ['reach/export.csv?from=account:ana&to=application&at=2026-03-02T12:00:00Z', 'at'],
])('%s is about a time that nobody has observed, and says at %s since when it can be asked', async (path, field) => {
  const { status, body } = await ask<ProblemBody>(path);
  expect([status, body.type, body.observedSince]).toEqual([400, 'urn:castellan:problem:not-observed', OBSERVED_SINCE]);
  expect(body.errors).toEqual([{ field, message: expect.stringContaining(OBSERVED_SINCE) }]);
});

test('the instant that the refusal names can be asked about', async () => {
  expect((await ask(`reach?from=account:ana&to=application&at=${OBSERVED_SINCE}`)).status).toBe(200);
});

test('of an integration that was never read nothing is known of the past', async () => {
  const { body } = await ask<ProblemBody>('reach?from=account:ana&to=application&at=2026-04-01T00:00:00Z', UNREAD);
  expect(body.errors?.[0]?.message).toContain('Nothing is known of the past yet');
  expect([body.type, Object.hasOwn(body, 'observedSince')]).toEqual(['urn:castellan:problem:not-observed', false]);
});

test.each<[string, string]>([
  ['reach?from=account:nobody&to=application', 'from'],
  ['reached-by?to=application:none', 'to'],
  ['why?from=account:nobody&to=application:none', 'from'],
  ['why?from=account:ana&to=application:none', 'to'],
  ['loss?from=account:ana&group=all&to=application', 'group'],
  ['loss?from=account:nobody&group=eng&to=application', 'group'],
  ['graph?of=account:nobody', 'of'],
  ['changes?of=account:nobody&other=role&since=2026-05-01T00:00:00Z', 'of'],
  ['changes?of=application:none&other=account&since=2026-05-01T00:00:00Z', 'of'],
  ['changes/export.csv?of=group:none&other=account&since=2026-05-01T00:00:00Z', 'of'],
  ['usage?of=account:nobody', 'of'],
  // A program of this name there is; an account there is not.
  ['usage?of=account:prog', 'of'],
  ['usage?of=client:none', 'of'],
  ['suggestions?application=none&days=30', 'application'],
  ['suggestions/export.csv?application=none&days=30', 'application'],
  ['reached-by/total?to=role:none', 'to'],
  ['unused/export.csv?days=30&group=none', 'group'],
  ['unused?days=30&group=none', 'group'],
  ['reach/export.xlsx?from=account:ana&to=application', 'format'],
  ['reach/export.csv?from=account:nobody&to=application', 'from'],
  ['reached-by/export.csv?to=application:none', 'to'],
])('%s is not found, which names %s', async (path, field) => {
  const { status, body } = await ask<ProblemBody>(path);
  expect([status, body.type, body.errors?.[0]?.field]).toEqual([404, 'urn:castellan:problem:not-found', field]);
});

test('what is known and has nothing to tell is no reason to say that it is not there', async () => {
  const since = 'since=2026-05-01T00:00:00Z';
  expect((await ask<AccessChanges>(`changes?of=account:ana&other=role&${since}`)).body.items).toEqual([]);
  // Never read itself: an edge names it.
  expect((await ask<AccessChanges>(`changes?of=client:prog&other=role&${since}`)).body.items).toEqual([]);
  expect((await ask('usage?of=client:prog')).body).toMatchObject({ applications: [], api: null });
  expect((await ask('suggestions?application=led:ger&days=30')).status).toBe(200);
  expect((await ask('reached-by/total?to=group:eng&q=nobody')).body).toEqual({ total: 0 });
});

describe('a cursor', () => {
  const cursorOf = (list: string, position: string) => Buffer.from(JSON.stringify([list, position])).toString('base64url');
  const scopeOf = (cursor: string | null): string => {
    const [scope]: string[] = JSON.parse(Buffer.from(String(cursor), 'base64url').toString());
    return scope ?? '';
  };
  const ACCOUNTS = 'reached-by?to=application:aws&limit=1';
  const APPLICATIONS = 'reach?from=account:ana&to=application&limit=1';

  test('of another question, or of another integration, is refused', async () => {
    const { next } = (await ask<AccessPage>(ACCOUNTS)).body;
    expect((await ask(`${ACCOUNTS}&cursor=${next}`)).status).toBe(200);
    const others: readonly (readonly [string, string])[] = [
      [APPLICATIONS, DIRECTORY],
      ['reached-by?to=application:led:ger&limit=1', DIRECTORY],
      [`${ACCOUNTS}&sort=lastUsed`, DIRECTORY],
      [`${ACCOUNTS}&unused=30`, DIRECTORY],
      [`${ACCOUNTS}&from=group`, DIRECTORY],
      [ACCOUNTS, SECOND],
    ];
    for (const [question, id] of others) {
      const { status, body } = await ask<ProblemBody>(`${question}&cursor=${next}`, id);
      expect([question, status, body.errors?.[0]?.field]).toEqual([question, 400, 'cursor']);
    }
  });

  test.each(['', 'x', '[]', '["0x"]', '["0x",1]', '["0x\\u0000","k"]', '["0x","k\\u0000"]', '{"0":"a","1":"b"}'])(
    'with the place %s, which nobody was given, is refused',
    async (place) => {
      const scope = scopeOf((await ask<AccessPage>(ACCOUNTS)).body.next);
      const { status, body } = await ask<ProblemBody>(`${ACCOUNTS}&cursor=${cursorOf(scope, place)}`);
      expect([status, body.errors?.[0]?.field]).toEqual([400, 'cursor']);
    },
  );

  test.each(['', '-1', '1e3', '9999999999', '1 OR 1=1'])('with the number %s is refused', async (place) => {
    const scope = scopeOf((await ask<AccessPage>(APPLICATIONS)).body.next);
    const { status, body } = await ask<ProblemBody>(`${APPLICATIONS}&cursor=${cursorOf(scope, place)}`);
    expect([status, body.errors?.[0]?.field]).toEqual([400, 'cursor']);
  });
});

test.each([
  'reach?from=account:ana&to=application',
  'reach/export.csv?from=account:ana&to=application',
  'reached-by?to=application:aws',
  'reached-by/total?to=application:aws',
  'reached-by/export.jsonl?to=application:aws',
  'why?from=account:ana&to=application:aws',
  'loss?from=account:ana&group=eng&to=application',
  'changes?of=account:ana&other=role&since=2026-05-01T00:00:00Z',
  'changes/export.csv?of=account:ana&other=role&since=2026-05-01T00:00:00Z',
  'edge-changes?since=2026-05-01T00:00:00Z',
  'edge-changes/export.csv?since=2026-05-01T00:00:00Z',
  'unused?days=30',
  'unused-roles?days=30',
  'suggestions?application=aws&days=30',
  'usage?of=account:ana',
  'graph?of=account:ana',
  'reviews',
])('%s of an integration of another workspace is answered like that of an unknown one', async (path) => {
  const [foreign, unknown] = [await ask<ProblemBody>(path, FOREIGN), await ask<ProblemBody>(path, UNKNOWN)];
  expect([foreign.status, foreign.body]).toEqual([404, unknown.body]);
  expect(foreign.body.errors?.[0]?.field).toBe('id');
});
