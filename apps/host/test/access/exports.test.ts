import type { ProblemBody } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { DIRECTORY, FORMULA, Organisation, ownWorkspace } from './organisation.js';

const folder = temporaryFolder();
let host: TestHost;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  const organisation = new Organisation(host, await ownWorkspace(host), DIRECTORY, 'Directory');
  await organisation.seed();
  await organisation.application('tokyo', '東京');
  await organisation.application('care', 'Ärzte & Pflege');
  await organisation.application('long', 'Long '.repeat(60));
}, 60_000);
afterAll(() => host.close());

/** @param path of a list of the integration, or of the workspace with a slash before it */
const get = (path: string) => host.api.send('GET', path.startsWith('/') ? path : `/integrations/${DIRECTORY}/access/${path}`);

/** Cells of RFC 4180, by a parser of its own. */
function cellsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? String(plain) : quoted.replaceAll('""', '"'),
      ),
    );
}

async function tableOf(path: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const answer = await get(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [header = [], ...rows] = cellsOf(bytes.subarray(3).toString());
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

async function linesOf(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer = await get(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jsonl; charset=utf-8']);
  const text = await answer.text();
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>); // an object a line
}

/** As the organisation was seeded: its log was never read to the end. */
const OBSERVED = { observedSince: '2026-02-01T00:00:00.000Z', observedUntil: '' };

test('what is reached is a row for each, with the shortest chain as people read it', async () => {
  const rows = await tableOf('reach/export.csv?from=account:ana&to=application');
  expect(rows[0]).toEqual({
    whoKind: 'account',
    whoKey: 'ana',
    who: 'Ana Diaz',
    whoDetail: 'ana@acme.example',
    whoStatus: 'active',
    whatKind: 'application',
    whatKey: 'aws',
    what: 'AWS',
    whatDetail: '',
    whatStatus: 'active',
    since: '2026-02-20T00:00:00.000Z',
    orBefore: 'true',
    chains: '1',
    moreChains: 'false',
    shortestChain: 'Ana Diaz > Engineering > AWS',
    firstUsedAt: '2026-03-10T08:00:00.000Z',
    lastUsedAt: expect.stringMatching(/^2\d{3}-/),
    uses: '7',
    ...OBSERVED,
  });
  expect(rows.map(({ what, uses }) => [what, uses])).toEqual([
    ['AWS', '7'],
    ['Ledger', ''],
  ]);
});

test('X44: a group that is called like a formula is text in a file, and in its chains', async () => {
  const groups = await tableOf('reach/export.csv?from=account:ana&to=group');
  expect(groups.map(({ what }) => what)).toEqual([`'${FORMULA}`, 'Engineering']);
  const members = await tableOf('reached-by/export.csv?to=application:led:ger&from=group');
  expect(members.map(({ who, shortestChain }) => [who, shortestChain])).toEqual([
    [`'${FORMULA}`, `'${FORMULA} > Ledger`],
    ['Engineering', `Engineering > ${FORMULA} > Ledger`],
  ]);
});

test('who reaches it is in the same columns, the other way round', async () => {
  const rows = await tableOf('reached-by/export.csv?to=application:aws&sort=lastUsed&unused=30');
  expect(rows.map(({ who, what, lastUsedAt, observedSince }) => [who, what, lastUsedAt, observedSince])).toEqual([
    // By their keys, which nothing changes while the file is written.
    ['Bo Lind', 'AWS', '2026-05-10T08:00:00.000Z', OBSERVED.observedSince],
    ['dee@acme.example', 'AWS', '', OBSERVED.observedSince],
  ]);
});

test('JSON Lines have the rows of the list, with whom they are about', async () => {
  const rows = await linesOf('reached-by/export.jsonl?to=application:aws');
  expect(rows.map((row) => Object.keys(row).toSorted())).toEqual(
    rows.map(() => [
      'chainCount',
      'chains',
      'more',
      'node',
      'observedSince',
      'observedUntil',
      'orBefore',
      'since',
      'subject',
      'usage',
      'way',
    ]),
  );
  expect(rows[0]).toMatchObject({
    subject: { key: 'aws' },
    node: { key: 'ana' },
    way: 'Ana Diaz > Engineering > AWS',
    usage: { times: 7 },
    observedSince: OBSERVED.observedSince,
    observedUntil: null,
  });
});

test('every file that speaks of use says since when and until when it is observed, and when it was counted', async () => {
  const read = '2026-11-25T10:00:00.000Z';
  await host.query(
    `INSERT INTO stream_state (integration_id, stream, kind, semantics, status, generation, complete_generation, fresh_at, first_complete_at)
     VALUES ('${DIRECTORY}', 'log', 'activity', 'changes', 'complete', 1, 1, '${read}', '${read}')`,
  );
  await host.query(
    `INSERT INTO access_counts (integration_id, application, accounts, last_at, last_days, last_accounts) VALUES ('${DIRECTORY}', 'aws', 3, NULL, '{}', '{}')`,
  );
  await host.query(
    `INSERT INTO access_counted (integration_id, counted_at) VALUES ('${DIRECTORY}', '2026-11-24T06:00:00Z')
     ON CONFLICT (integration_id) DO UPDATE SET counted_at = excluded.counted_at`,
  );
  const observed = { observedSince: OBSERVED.observedSince, observedUntil: read };
  try {
    for (const path of [
      'reach/export.csv?from=account:ana&to=application',
      'reached-by/export.csv?to=application:aws',
      'unused/export.csv?days=30',
      'unused/export.csv?days=30&group=eng',
      'unused-roles/export.csv?days=30',
      'suggestions/export.csv?application=aws&days=30',
      '/access/administrators/export.csv',
    ]) {
      const counted = path === 'unused/export.csv?days=30' ? '2026-11-24T06:00:00.000Z' : '';
      // What was used after it was counted is not in the numbers.
      const seen = { ...observed, ...(counted !== '' && { observedUntil: counted }) };
      const rows = await tableOf(path);
      expect([path, rows.length > 0, rows]).toEqual([path, true, rows.map((row) => ({ ...row, ...seen }))]);
      const lines = await linesOf(path.replace('.csv', '.jsonl'));
      expect(lines).toEqual(lines.map((line) => ({ ...line, ...seen })));
      if (path.startsWith('unused/')) expect(rows.map(({ countedAt }) => countedAt)).toEqual(rows.map(() => counted));
    }
    // Nobody uses a group: nothing is observed of it.
    const groups = await tableOf('reach/export.csv?from=account:ana&to=group');
    expect(groups.map(({ observedSince, observedUntil }) => [observedSince, observedUntil])).toEqual(
      groups.map(() => ['', '']),
    );
  } finally {
    for (const table of ['stream_state', 'access_counts', 'access_counted'])
      await host.query(
        `DELETE FROM ${table} WHERE integration_id = '${DIRECTORY}' ${table === 'stream_state' ? `AND kind = 'activity'` : ''}`,
      );
  }
});

test.each<[string, string]>([
  ['reach/export.csv?from=account:ana&to=application', 'what-ana-diaz-reaches-TODAY.csv'],
  ['reached-by/export.jsonl?to=application:led:ger', 'who-reaches-ledger-TODAY.jsonl'],
  // As of the end of a day is asked with the beginning of the next.
  ['reached-by/export.csv?to=application:aws&at=2026-03-21T00:00:00Z', 'who-reaches-aws-2026-03-20.csv'],
  [
    'changes/export.csv?of=account:bo&other=application&since=2026-04-15T00:00:00Z',
    'changes-of-bo-lind-from-2026-04-15-to-TODAY.csv',
  ],
  [
    'edge-changes/export.csv?since=2026-04-15T00:00:00Z&until=2026-05-16T00:00:00Z',
    'edge-changes-of-directory-from-2026-04-15-to-2026-05-15.csv',
  ],
  ['unused/export.csv?days=30', 'unused-applications-of-directory-30-days-TODAY.csv'],
  ['unused/export.csv?days=30&group=eng', 'unused-applications-of-engineering-30-days-TODAY.csv'],
  ['unused-roles/export.csv?days=30', 'unused-roles-of-directory-30-days-TODAY.csv'],
  ['suggestions/export.csv?application=aws&days=30', 'suggestions-for-aws-30-days-TODAY.csv'],
  // Whatever it is called: what is left of it is safe in a header, and on every system.
  ['reached-by/export.csv?to=group:all', 'who-reaches-hyperlink-https-evil-example-TODAY.csv'],
  ['reached-by/export.csv?to=application:tokyo', 'who-reaches-tokyo-TODAY.csv'],
  ['reached-by/export.csv?to=application:care', 'who-reaches-arzte-pflege-TODAY.csv'],
  // Of a long one its own name is cut, and not what tells two files apart.
  [
    'changes/export.csv?of=application:long&other=account&since=2026-04-15T00:00:00Z',
    `changes-of-${'long-'.repeat(18)}from-2026-04-15-to-TODAY.csv`,
  ],
])('%s is called %s', async (path, expected) => {
  const answer = await get(path);
  const [, name] = /^attachment; filename="(.+)"$/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
  await answer.text();
  expect(name?.replace(new Date().toISOString().slice(0, 10), 'TODAY')).toBe(expected);
});

const LARGE = '00000000-0000-4000-8000-0000000000c1';

test('more rows than a page has are all in the file, each once', async () => {
  const organisation = new Organisation(host, await ownWorkspace(host), LARGE, 'Large');
  await organisation.seed();
  await organisation.crowd(1_203, 'aws');
  const answer = await host.api.send('GET', `/integrations/${LARGE}/access/reached-by/export.jsonl?to=application:aws`);
  const keys = (await answer.text())
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { readonly node: { readonly key: string } }).node.key); // as the test before
  expect([keys.length, new Set(keys).size]).toEqual([1_206, 1_206]);
});

test('a file that breaks off is a download that fails', async () => {
  // Of the second page: a time that no row of ours can have.
  await new Organisation(host, '', LARGE, '').use('n600', 'aws', '2026-03-10T08:00:00Z', 'infinity', 1);
  const answer = await host.api.send('GET', `/integrations/${LARGE}/access/reached-by/export.csv?to=application:aws`);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('terminated');
  await until(() => host.lines.some((line) => line.includes('an export broke off')));
});

test('the other lists', async () => {
  const since = 'since=2026-04-15T00:00:00Z';
  const changes = await tableOf(`changes/export.csv?of=application:led:ger&other=account&${since}`);
  expect(changes.map(({ change, other, shortestChain }) => [change, other, shortestChain])).toEqual([
    ['gained', 'Bo Lind', `Bo Lind > Engineering > ${FORMULA} > Ledger`],
    ['lost', 'Cy Ng', `Cy Ng > ${FORMULA} > Ledger`],
  ]);
  const edges = await tableOf(`edge-changes/export.csv?${since}`);
  expect(edges.map(({ at, change, from, to }) => [at, change, from, to])).toEqual([
    ['2026-06-01T00:00:00.000Z', 'lost', 'Cy Ng', `'${FORMULA}`],
    ['2026-05-01T00:00:00.000Z', 'gained', 'Bo Lind', 'Engineering'],
  ]);
  expect(await linesOf(`edge-changes/export.jsonl?${since}`)).toHaveLength(2);
  const roles = await tableOf('unused-roles/export.csv?days=30');
  expect(roles.map(({ account, roles: held, lastUsedAt }) => [account, held, lastUsedAt])).toEqual([
    ['Ana Diaz', 'Super administrator', ''],
  ]);
  const suggested = await linesOf('suggestions/export.jsonl?application=aws&days=30');
  expect(suggested).toMatchObject([{ principal: { key: 'dee' }, accounts: 1, losing: 1, breaking: 0 }]);
  expect(await tableOf('unused/export.csv?days=30')).toEqual([]);
  expect(
    (await tableOf('unused/export.csv?days=30&group=eng')).map(({ application, unused }) => [application, unused]),
  ).toEqual([
    ['Ledger', '2'],
    ['AWS', '1'],
  ]);
});

test('a file stands in the audit log before its first line, with what was asked', async () => {
  await (await get('reached-by/export.csv?to=application:aws&unused=30')).text();
  const { body } = await host.api.get<AuditLogPage>('/audit-log?action=access.export&limit=1');
  expect(body.items[0]).toMatchObject({
    outcome: 'done',
    actor: { name: 'First Administrator' },
    target: { kind: 'integration', id: DIRECTORY, name: 'Directory' },
    after: { question: 'reached-by', query: { to: 'application:aws', unused: '30' } },
  });
});

test('what is refused makes no file, and no row in the audit log', async () => {
  const rows = async () =>
    (await host.query(`SELECT count(*)::int AS n FROM audit_log WHERE action = 'access.export'`))[0]?.['n'];
  const before = await rows();
  for (const [path, field] of [
    ['reach/export.csv?from=account:ana&to=application&limit=5', 'limit'],
    ['reach/export.csv?from=account:ana&to=application&cursor=x', 'cursor'],
    ['reached-by/export.csv?to=application:aws&at=2026-03-01T00:00:00Z', 'at'],
    ['reached-by/export.csv?to=application:aws&from=group&via=eng', 'via'],
    ['changes/export.csv?of=account:ana&other=role', 'since'],
    ['unused/export.csv?days=0', 'days'],
    ['unused-roles/export.csv?days=3651', 'days'],
    ['suggestions/export.csv?days=30', 'application'],
  ] as const) {
    const answer = await get(path);
    const body = (await answer.json()) as ProblemBody; // an error is a problem
    expect([path, answer.status, body.errors?.[0]?.field]).toEqual([path, 400, field]);
  }
  expect(await rows()).toBe(before);
});
