import { DEFAULT_WORKSPACE_ID, type Incident, type Queries } from '@castellan/storage';
import { incidentTimeline } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';

const [BEGIN, END] = [new Date('2026-09-01T00:00:00Z'), new Date('2026-11-20T00:00:00Z')];
/** Over eighty days, by four hundred accounts, from two hundred addresses. */
const EVENTS = 40_000;

let database: OpenedDatabase;
let integrationId: string;
beforeAll(async () => {
  database = await openDatabase();
  integrationId = await newIntegration(database.storage);
  await database.client.query(
    `INSERT INTO activity (integration_id, key, stream, generation, hash, raw, first_seen_at, present_since, last_seen_at, changed_at,
       published, type, actor, targets, client)
     SELECT $1::uuid, 'e' || n, 'activity', 1, '', '{}', now(), now(), now(), now(), $2::timestamptz + n * interval '172 seconds', 'used',
       jsonb_build_object('id', 'u' || n % 400), jsonb_build_array(jsonb_build_object('id', 'app'), jsonb_build_object('id', 'u' || n / 400 % 400)),
       jsonb_build_object('ip', '192.0.2.' || n % 200)
     FROM generate_series(1, ${EVENTS}) n`,
    [integrationId, BEGIN],
  );
  await database.client.query('ANALYZE activity');
});
afterAll(() => database.close());

function incident(subjectKind: string, subjectKey: string): Incident {
  const plain = {
    confidence: 1,
    severity: 4,
    findings: 1,
    title: null,
    status: 'open',
    verdict: null,
    sessions: [],
    rule: 'r',
  } as const;
  const nobody = {
    ownerId: null,
    ownerName: null,
    openedAt: END,
    changedAt: END,
    closedAt: null,
    workspaceId: DEFAULT_WORKSPACE_ID,
  };
  const where = { integrationId, integrationName: 'Directory', id: 'i', subjectLabel: '', firstAt: BEGIN, lastAt: END };
  return { ...plain, ...nobody, ...where, subjectKind, subjectKey };
}

/** Plans in place of answers. */
async function planOf(subjectKind: string, subjectKey: string): Promise<string> {
  const lines: string[] = [];
  const explaining: Queries = {
    query: async (statement, values) => {
      const text = typeof statement === 'string' ? statement : statement.text;
      const { rows } = await database.client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, [...(values ?? [])]);
      lines.push(...rows.map((row) => row['QUERY PLAN']));
      return [];
    },
  };
  await incidentTimeline(explaining, incident(subjectKind, subjectKey), []);
  return lines.join('\n');
}

test('what somebody did and what was done to him is there once each, in order', async () => {
  const { events, isCut } = await incidentTimeline(database.storage.queries, incident('account', 'u7'), []);
  const expected = Array.from({ length: EVENTS }, (_, n) => n + 1).filter(
    (n) => n % 400 === 7 || Math.floor(n / 400) % 400 === 7,
  );
  expect(events.map(({ key }) => key)).toEqual(expected.slice(0, 500).map((n) => `e${n}`));
  // Of 499: 100 that it did, 400 that were done to it, and one that is both.
  expect([expected.length, isCut]).toEqual([499, false]);
});

test('of too many the first are shown, and it says so', async () => {
  const { events, isCut } = await incidentTimeline(database.storage.queries, incident('account', 'app'), []);
  expect([events.map(({ key }) => key), isCut]).toEqual([Array.from({ length: 500 }, (_, n) => `e${n + 1}`), true]);
});

test('months of events are not gone through for those of one account or address', async () => {
  const [account, address] = [await planOf('account', 'u7'), await planOf('address', '192.0.2.7')];
  for (const plan of [account, address]) expect(plan).not.toMatch(/Seq Scan|_pkey/);
  expect(account).toMatch(/Bitmap Index Scan on \S*jsonb_path_query_array/);
  expect(address).toMatch(/Index Cond: .*'ip'::text/);
});
