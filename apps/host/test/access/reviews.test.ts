import { type AccessPage, type AccessReview, type Page, type ProblemBody, REVIEW_CHECKS } from '@castellan/api';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { join } from 'node:path';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { until } from '../until.js';
import { apiKey, otherWorkspace, person } from '../security/workspace-people.js';
import { DIRECTORY, FORMULA, FOREIGN, Organisation, ownWorkspace, UNREAD } from './organisation.js';

const folder = temporaryFolder();
let host: TestHost;
let analyst: Api;
let organisation: Organisation;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(join(folder, 'reviews')));
  const mine = await ownWorkspace(host);
  organisation = new Organisation(host, mine, DIRECTORY, 'Directory');
  await organisation.seed();
  const stranger = await otherWorkspace(host, 'globex');
  await new Organisation(host, stranger.workspaceId, FOREIGN, 'Foreign').seed();
  await host.query(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, paused, next_run_at)
     VALUES ('${UNREAD}', '${mine}', 'okta', 'Unread', '{}', true, now() + interval '1 year')`,
  );
  analyst = (await person(host.api, 'nia@castellan.test', 'analyst')).api;
}, 60_000);
afterAll(() => host.close());

const sign = (body: object, api = analyst, id = DIRECTORY) => api.send('POST', `/integrations/${id}/access/reviews`, body);
const listed = async (query = '') =>
  (await analyst.get<Page<AccessReview>>(`/integrations/${DIRECTORY}/access/reviews${query}`)).body;

/** The file without its last line, and its last two lines. Not by the code that made it. */
function parts(file: Buffer): { readonly before: Buffer; readonly facts: string; readonly last: string } {
  const end = file.lastIndexOf(0x0a, file.length - 2) + 1;
  const start = file.lastIndexOf(0x0a, end - 2) + 1;
  return { before: file.subarray(0, end), facts: file.subarray(start, end).toString(), last: file.subarray(end).toString() };
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('an analyst signs who reaches an application: the last line has the digest of all before it, who has signed included', async () => {
  const answer = await sign({ application: 'aws', note: 'Quarterly, with Bo gone' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="access-review-of-aws-\d{4}-\d\d-\d\d\.csv"$/,
  );
  const file = Buffer.from(await answer.arrayBuffer());
  const { before, facts, last } = parts(file);
  const [review] = (await listed()).items;
  expect(review).toMatchObject({
    application: { key: 'aws', label: 'AWS' },
    reviewer: { kind: 'user', name: 'nia@castellan.test' },
    note: 'Quarterly, with Bo gone',
    format: 'csv',
    accounts: 3,
    sha256: digestOf(before),
  });
  expect(facts).toBe(
    `signed by,nia@castellan.test,user ${review?.reviewer.id},at,${review?.createdAt},who reaches,AWS,aws,as of,${review?.asOf},rows,3,` +
      `review,${review?.id},note,"Quarterly, with Bo gone"\r\n`,
  );
  expect(last).toBe(`sha256 of all before this line,${digestOf(before)}\r\n`);
  const rows = before.toString().split('\r\n');
  expect(rows).toHaveLength(6);
  expect(rows[1]).toMatch(/^account,ana,Ana Diaz,.*Ana Diaz > Engineering > AWS,2026-03-10T08:00:00\.000Z,/);
});

/** What a command that people are told prints of a file: the digest. */
function verified(command: string, candidate: Buffer): string {
  const path = join(folder, 'review.csv');
  writeFileSync(path, candidate);
  const said = execFileSync('sh', ['-c', command.replace('FILE', path)]).toString();
  return said.split(' ')[0] ?? '';
}

test.each(process.platform === 'darwin' ? [REVIEW_CHECKS.macOS] : Object.values(REVIEW_CHECKS))(
  '%s shows of a file whether it is the one that was signed',
  async (command) => {
    for (const format of ['csv', 'jsonl']) {
      const file = Buffer.from(await (await sign({ application: 'aws', format, note: 'Seen' })).arrayBuffer());
      const { sha256 } = (await listed('?limit=1')).items[0] ?? { sha256: '' };
      expect(verified(command, file)).toBe(sha256);
      const changed = (from: string, to: string): Buffer => {
        expect(file.includes(from)).toBe(true);
        return Buffer.from(file.toString().replace(from, to));
      };
      const lines = file.toString().split('\n');
      // A row, and each fact of the signature: who, when and what was noted.
      for (const candidate of [
        changed('Bo Lind', 'Jo Lind'),
        changed('nia@castellan.test', 'mia@castellan.test'),
        changed('Seen', 'Unseen'),
        changed('2026-03-10', '2026-03-11'),
        Buffer.from(lines.toSpliced(2, 1).join('\n')),
        Buffer.from(lines.toSpliced(2, 0, lines[2] ?? '').join('\n')),
      ])
        expect(verified(command, candidate)).not.toBe(sha256);
    }
  },
);

test('the API document and the guide say the same commands', async () => {
  const document = await (await analyst.send('GET', '/docs/openapi.json')).text();
  for (const command of Object.values(REVIEW_CHECKS)) expect(document).toContain(command);
  const guide = readFileSync(new URL('../../../../docs/api.md', import.meta.url), 'utf8');
  expect(guide).toContain(REVIEW_CHECKS.macOS.replace('FILE', 'review.csv'));
});

test('as JSON Lines, of who reaches it by a group that is called like a formula', async () => {
  const file = Buffer.from(await (await sign({ application: 'led:ger', format: 'jsonl' })).arrayBuffer());
  const { before, facts, last } = parts(file);
  const [review] = (await listed('?application=led:ger')).items;
  const { sha256, ...signed } = review ?? { sha256: '' };
  expect([JSON.parse(facts), JSON.parse(last)]).toEqual([{ signed }, { sha256 }]);
  expect(review).toMatchObject({ format: 'jsonl', accounts: 2, sha256: digestOf(before), note: null });
  const ways = before
    .toString()
    .trimEnd()
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { readonly way: string }).way); // a row of the file
  expect(ways).toEqual([`Ana Diaz > Engineering > ${FORMULA} > Ledger`, `Bo Lind > Engineering > ${FORMULA} > Ledger`]);
});

test('the file is of one instant, which can be asked about when the organisation has changed', async () => {
  const text = await (await sign({ application: 'aws' })).text();
  expect(text).toContain('Bo Lind');
  const [review] = (await listed('?limit=1')).items;
  await host.query(
    `UPDATE memberships SET removed_at = now() WHERE integration_id = '${DIRECTORY}' AND "group" = 'eng' AND member = 'bo'`,
  );
  try {
    const path = `/integrations/${DIRECTORY}/access/reached-by?to=application:aws`;
    const keys = async (query: string) => (await analyst.get<AccessPage>(path + query)).body.items.map(({ node }) => node.key);
    expect([await keys(''), await keys(`&at=${review?.asOf}`)]).toEqual([
      ['ana', 'dee'],
      ['ana', 'bo', 'dee'],
    ]);
  } finally {
    await host.query(`UPDATE memberships SET removed_at = NULL WHERE integration_id = '${DIRECTORY}' AND member = 'bo'`);
    await host.query(`DELETE FROM past_presences WHERE integration_id = '${DIRECTORY}'`);
  }
});

test('the audit log has both: that a file was made, before its first line, and that it was signed, with the digest', async () => {
  await (await sign({ application: 'aws', note: 'For the log' })).text();
  const [review] = (await listed('?limit=1')).items;
  const { items } = (await host.api.get<AuditLogPage>('/audit-log?limit=2')).body;
  expect(items).toMatchObject([
    {
      action: 'access-review.sign',
      actor: { kind: 'user', name: 'nia@castellan.test' },
      target: { kind: 'access_review', id: review?.id, name: 'AWS' },
      after: { integration: DIRECTORY, note: 'For the log', sha256: review?.sha256 },
    },
    { action: 'access.export', after: { question: 'review', query: { application: 'aws' } } },
  ]);
});

test('the list goes newest first, in pages, of one application', async () => {
  const all = (await listed()).items.map(({ id }) => id);
  const first = await listed('?limit=2');
  const rest = await listed(`?limit=200&cursor=${first.next}`);
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all);
  expect((await listed('?application=none')).items).toEqual([]);
  const other = await analyst.get<ProblemBody>(
    `/integrations/${DIRECTORY}/access/reviews?application=aws&cursor=${first.next}`,
  );
  expect([other.status, other.body.errors?.[0]?.field]).toEqual([400, 'cursor']);
});

test('a file that breaks off is not signed, and there is no review', async () => {
  await organisation.crowd(600, 'aws');
  await organisation.use('n600', 'aws', '2026-03-10T08:00:00Z', 'infinity', 1);
  const before = (await listed()).items.length;
  const answer = await sign({ application: 'aws' });
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('terminated');
  expect((await listed()).items).toHaveLength(before);
  await host.query(`DELETE FROM usage WHERE integration_id = '${DIRECTORY}' AND principal = 'n600'`);
  const whole = await sign({ application: 'aws' });
  expect(parts(Buffer.from(await whole.arrayBuffer())).facts).toContain(',rows,603,');
});

const LARGE = '00000000-0000-4000-8000-0000000000c3';

test('the file is of one moment, whatever changes between two of its pages', async () => {
  const large = new Organisation(host, await ownWorkspace(host), LARGE, 'Large');
  await large.seed();
  // More than a page has; the last by their keys are on the second.
  await large.crowd(600, 'aws');
  const other = new pg.Client({ connectionString: host.host.databaseUrl });
  await other.connect();
  try {
    // After the first page is read, it is written down that there will be a file: until then nothing else is read.
    await other.query('BEGIN; LOCK TABLE audit_log IN SHARE ROW EXCLUSIVE MODE');
    const signing = sign({ application: 'aws', format: 'jsonl' }, analyst, LARGE);
    await until(async () => {
      // Others write to the log, too, and wait: it is the file's turn once its snapshot is held.
      const [row] = await host.query(
        `SELECT EXISTS (SELECT 1 FROM pg_locks WHERE relation = 'audit_log'::regclass AND NOT granted)
           AND EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND backend_xmin IS NOT NULL) AS held`,
      );
      return row?.['held'] === true;
    });
    const where = `WHERE integration_id = '${LARGE}'`;
    await host.query(`UPDATE accounts SET display_name = 'Somebody Else' ${where} AND key = 'n98'`);
    await host.query(`UPDATE app_assignments SET removed_at = now() ${where} AND key = 'aws|n99'`);
    await other.query('COMMIT');
    const text = await (await signing).text();
    const names = new Map(
      text
        .split('\n')
        .slice(0, -3)
        .map((line) => (JSON.parse(line) as { readonly node: { readonly key: string; readonly label: string } }).node) // a row
        .map(({ key, label }) => [key, label]),
    );
    expect([names.size, names.get('n98'), names.get('n99')]).toEqual([603, 'Person 00098', 'Person 00099']);
    const access = `/integrations/${LARGE}/access`;
    expect((await analyst.get<Page<AccessReview>>(`${access}/reviews`)).body.items[0]?.accounts).toBe(603);
    const { body } = await analyst.get<{ readonly total: number }>(`${access}/reached-by/total?to=application:aws`);
    expect(body.total).toBe(602);
  } finally {
    await other.end();
  }
});

test.each<[object, number, string]>([
  [{}, 400, 'application'],
  [{ application: '' }, 400, 'application'],
  [{ application: 'a\0' }, 400, 'application'],
  [{ application: 'k'.repeat(2_501) }, 400, 'application'],
  [{ application: ['aws'] }, 400, 'application'],
  [{ application: 'aws', note: 'two\nlines' }, 400, 'note'],
  [{ application: 'aws', note: null }, 400, 'note'],
  [{ application: 'aws', note: 'x'.repeat(1_001) }, 400, 'note'],
  [{ application: 'aws', format: 'pdf' }, 400, 'format'],
  [{ application: 'aws', reviewer: 'somebody else' }, 400, 'reviewer'],
  [{ application: 'none' }, 404, 'application'],
])('%j is refused with %i, which names %s', async (body, status, field) => {
  const before = (await listed()).items.length;
  const answer = await sign(body);
  const problem = (await answer.json()) as ProblemBody; // an error is a problem
  expect([answer.status, problem.errors?.[0]?.field]).toEqual([status, field]);
  expect((await listed()).items).toHaveLength(before);
});

test('what was never read completely is not signed', async () => {
  const answer = await sign({ application: 'aws' }, analyst, UNREAD);
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('Nothing is known')]);
});

test('a viewer does not sign, nor does a key that may not read; a key that may both does, under its own name', async () => {
  const viewer = (await person(host.api, 'vic@castellan.test', 'viewer')).api;
  expect((await sign({ application: 'aws' }, viewer)).status).toBe(403);
  const blind = await sign({ application: 'aws' }, await apiKey(host.api, ['access:review']));
  expect([blind.status, await blind.text()]).toEqual([403, expect.stringContaining('records:read')]);
  const program = await apiKey(host.api, ['access:review', 'records:read']);
  const signed = await sign({ application: 'aws' }, program);
  expect([signed.status, await signed.text()]).toEqual([200, expect.stringContaining('signed by')]);
  expect((await listed('?limit=1')).items[0]?.reviewer).toMatchObject({ kind: 'api_key', name: 'access:review, records:read' });
});

test('an application of another workspace is nowhere', async () => {
  const foreign = await sign({ application: 'aws' }, analyst, FOREIGN);
  const unknown = await sign({ application: 'aws' }, analyst, '00000000-0000-4000-8000-00000000dead');
  expect([foreign.status, await foreign.text()]).toEqual([404, await unknown.text()]);
});
