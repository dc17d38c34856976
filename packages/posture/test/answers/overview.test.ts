import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { checkViews } from '../../src/answers/check-views.js';
import { frameworkViews } from '../../src/answers/framework-views.js';
import { postureOverview } from '../../src/answers/posture-overview.js';
import { defineCheck } from '../../src/check/check.js';
import { accountNotUsed } from '../../src/checks/accounts/account-not-used.js';
import { badAddressesLetIn } from '../../src/checks/organisation/bad-addresses-let-in.js';
import { lookAt } from '../../src/evaluation/look.js';
import { type OpenedDatabase, openDatabase } from '../fixtures/database.js';
import { daysAgo, Organisation, STREAMS } from '../fixtures/organisation.js';

/** Of a provider that none of these is connected to. */
const ofGlobex = defineCheck({ ...accountNotUsed, id: 'account-of-globex', only: 'globex' });
const CHECKS = [accountNotUsed, badAddressesLetIn, ofGlobex];
const QUESTION = { workspaceId: DEFAULT_WORKSPACE_ID, checks: CHECKS, providers: new Map() };

let database: OpenedDatabase;
/** One where half of the accounts are not used, and a second one where everything is well. */
let weak: Organisation;
let well: Organisation;

beforeAll(async () => {
  database = await openDatabase();
  weak = new Organisation()
    .account('ana', { lastLoginAt: daysAgo(100) })
    .account('bo', { lastLoginAt: daysAgo(1) })
    .setting('threat_insight', { action: 'block' });
  well = new Organisation().account('cy', { lastLoginAt: daysAgo(1) }).setting('threat_insight', { action: 'block' });
  for (const org of [weak, well]) await org.write(database.storage, database.client);
  for (const org of [weak, well]) await look(org);
});
afterAll(() => database.close());

async function look({ integrationId }: Organisation): Promise<void> {
  const states = await database.storage.streams.list(DEFAULT_WORKSPACE_ID, integrationId);
  const offered = { all: STREAMS, wanted: new Set(STREAMS.map(({ name }) => name)) };
  const place = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, connectorId: 'acme', scheduleSeconds: 86_400 };
  await lookAt(database.storage, { ...place, offered, states }, CHECKS);
}
const overview = (integrationId?: string) => postureOverview(database.storage.queries, { ...QUESTION, integrationId });

// A medium check (2) loses half of its weight and the half of the share; the high one (5) nothing. Over both: twice the weights.
const LOST = 2 * (0.5 + 0.5 * 0.5);

test('the score of one is of its checks, that of several of all their checks together', async () => {
  expect((await overview(weak.integrationId)).score).toBeCloseTo(100 * (1 - LOST / 7), 9);
  expect((await overview(well.integrationId)).score).toBe(100);
  const both = await overview();
  expect(both.score).toBeCloseTo(100 * (1 - LOST / 14), 9);
  expect([both.failed, both.passed, both.unknown, both.pending]).toEqual([1, 1, 0, 0]);
  expect(both.areas.map(({ area, score }) => [area, score])).toEqual([
    ['accounts', expect.closeTo(100 * (1 - LOST / 4), 9)],
    ['organisation', 100],
  ]);
  expect(both.worst).toEqual([
    expect.objectContaining({ check: 'account-not-used', open: 1, examined: 3, gain: expect.closeTo((100 * LOST) / 14, 9) }),
  ]);
});

test('the trend is the mean of those that were looked at on the day; what is older than 90 days is left out', async () => {
  const { client } = database;
  const day = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  for (const [{ integrationId }, days, score] of [
    [weak, 1, 40],
    [well, 1, 80],
    [weak, 2, 30],
    [weak, 91, 10],
  ] as const)
    await client.query(
      `INSERT INTO posture_scores (integration_id, day, area, score, failed, passed, unknown, excepted) VALUES ($1, $2, '', $3, 1, 1, 0, 0)`,
      [integrationId, day(days), score],
    );
  const { trend } = await overview();
  expect(trend.slice(0, 2).map((one) => [one.day, one.score])).toEqual([
    [day(2), 30],
    [day(1), 60],
  ]);
  expect(trend).toHaveLength(3);
  expect(trend.at(-1)?.score).toBeCloseTo((100 * (1 - LOST / 7) + 100) / 2, 9);
});

test('what is excepted is counted beside, and no more in the score', async () => {
  const { client } = database;
  await client.query(
    `UPDATE findings SET status = 'excepted', excepted_until = now() + interval '1 day' WHERE integration_id = $1`,
    [weak.integrationId],
  );
  const { score, excepted, open, worst } = await overview(weak.integrationId);
  expect([score, excepted, open.medium, worst]).toEqual([100, 1, 0, []]);
  await client.query(`UPDATE findings SET status = 'open', excepted_until = NULL WHERE integration_id = $1`, [
    weak.integrationId,
  ]);
});

test('a check of another provider says nothing here, neither good nor bad', async () => {
  const views = await checkViews(database.storage.queries, QUESTION);
  expect(views.map(({ id, status }) => [id, status])).toEqual([
    ['account-not-used', 'failed'],
    ['bad-addresses-let-in', 'passed'],
    ['account-of-globex', null],
  ]);
  const frameworks = await frameworkViews(database.storage.queries, QUESTION);
  expect(frameworks.map(({ id }) => id)).toEqual(['nist', 'cis', 'soc2']);
  expect(frameworks[0]?.controls.find(({ control }) => control === 'AC-2(3)')).toMatchObject({
    status: 'failed',
    checks: [
      { id: 'account-not-used', status: 'failed', open: 1 },
      { id: 'account-of-globex', status: null, open: 0 },
    ],
  });
});

test('nobody has looked where one of them was not looked at yet', async () => {
  expect((await overview()).evaluatedAt).not.toBeNull();
  await new Organisation().account('dee', {}).write(database.storage, database.client);
  const { evaluatedAt, pending } = await overview();
  expect([evaluatedAt, pending]).toEqual([null, 1]);
});
