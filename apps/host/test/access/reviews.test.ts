import type { AccessPage, AccessReview, Page, ProblemBody } from '@castellan/api';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
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

/** The file without its last line, and that line. Not by the code that made it. */
function parts(file: Buffer): { readonly before: Buffer; readonly last: string } {
  const end = file.lastIndexOf(0x0a, file.length - 2) + 1;
  return { before: file.subarray(0, end), last: file.subarray(end).toString() };
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('an analyst signs who reaches an application: the last line has the digest of all before it', async () => {
  const answer = await sign({ application: 'aws', note: 'Quarterly, with Bo gone' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="access-review-[\d-]+\.csv"$/);
  const file = Buffer.from(await answer.arrayBuffer());
  const { before, last } = parts(file);
  const [review] = (await listed()).items;
  expect(review).toMatchObject({
    application: { key: 'aws', label: 'AWS' },
    reviewer: { kind: 'user', name: 'nia@castellan.test' },
    note: 'Quarterly, with Bo gone',
    format: 'csv',
    accounts: 3,
    sha256: digestOf(before),
  });
  expect(last).toBe(
    `signed by,nia@castellan.test,user ${review?.reviewer.id},at,${review?.createdAt},who reaches,AWS,aws,as of,${review?.asOf},rows,3,` +
      `sha256 of all before this line,${digestOf(before)},review,${review?.id},note,"Quarterly, with Bo gone"\r\n`,
  );
  const rows = before.toString().split('\r\n');
  expect(rows).toHaveLength(5);
  expect(rows[1]).toMatch(/^account,ana,Ana Diaz,.*Ana Diaz > Engineering > AWS,2026-03-10T08:00:00\.000Z,/);
});

test('a changed byte, a row that is gone, and a row that came to it are seen, also by the line that the API document names', async () => {
  const file = Buffer.from(await (await sign({ application: 'aws' })).arrayBuffer());
  const { sha256 } = (await listed('?limit=1')).items[0] ?? { sha256: '' };
  const judge = (candidate: Buffer): string => {
    const path = join(folder, 'review.csv');
    writeFileSync(path, candidate);
    const bytes = execFileSync('sed', ['$d', path]);
    expect(digestOf(bytes)).toBe(digestOf(parts(candidate).before));
    return digestOf(bytes);
  };
  expect(judge(file)).toBe(sha256);
  const changed = Buffer.from(file);
  changed[file.indexOf('Bo Lind')] = 0x4a;
  expect(judge(changed)).not.toBe(sha256);
  const lines = file.toString().split('\r\n');
  expect(judge(Buffer.from(lines.toSpliced(2, 1).join('\r\n')))).not.toBe(sha256);
  expect(judge(Buffer.from(lines.toSpliced(2, 0, lines[2] ?? '').join('\r\n')))).not.toBe(sha256);
});

test('as JSON Lines, of who reaches it by a group that is called like a formula', async () => {
  const file = Buffer.from(await (await sign({ application: 'led:ger', format: 'jsonl' })).arrayBuffer());
  const { before, last } = parts(file);
  const [review] = (await listed('?application=led:ger')).items;
  expect(JSON.parse(last)).toEqual({ signed: review });
  expect(review).toMatchObject({ format: 'jsonl', accounts: 2, sha256: digestOf(before), note: null });
  const ways = before
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly way: string }).way); // a line of the file
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
  expect(parts(Buffer.from(await whole.arrayBuffer())).last).toContain(',rows,603,');
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
