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

const day = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** As a look so many days ago has kept it; of the area of the accounts. */
const keep = async ({ integrationId }: Organisation, days: number, weight: number, lost: number): Promise<void> => {
  await database.client.query(
    `INSERT INTO posture_scores (integration_id, day, area, weight, lost) VALUES ($1, $2, 'accounts', $3, $4)`,
    [integrationId, day(days), weight, lost],
  );
};

test('each day of the trend is the score of all checks together; who was not looked at on it counts as before', async () => {
  await keep(weak, 100, 10, 9);
  await keep(weak, 3, 10, 6);
  await keep(well, 3, 30, 0);
  await keep(well, 1, 30, 10);
  const { trend } = await overview();
  const scores = Object.fromEntries(trend.map((one) => [one.day, one.score]));
  expect(trend.map((one) => one.day)).toEqual(Array.from({ length: 90 }, (_, n) => day(89 - n)));
  // Nobody has looked since the hundredth day, so that it counts from the first day on that is shown.
  expect([scores[day(89)], scores[day(4)]]).toEqual([expect.closeTo(10, 9), expect.closeTo(10, 9)]);
  // 6 of 40 points are lost; the mean of 40 and 100 would be 70.
  expect([scores[day(3)], scores[day(2)]]).toEqual([expect.closeTo(85, 9), expect.closeTo(85, 9)]);
  expect(scores[day(1)]).toBeCloseTo(60, 9);
  expect(trend[86]?.areas).toEqual({ accounts: expect.closeTo(85, 9) });
  expect((await overview(well.integrationId)).trend.map((one) => [one.day, one.score])).toEqual([
    [day(3), 100],
    [day(2), 100],
    [day(1), expect.closeTo(100 * (1 - 10 / 30), 9)],
    [day(0), 100],
  ]);
});

test('the last day of the trend is what stands beside it, also of the areas, and after an exception', async () => {
  const agree = async (): Promise<number | null> => {
    const { score, areas, trend } = await overview();
    expect(trend.at(-1)).toEqual({
      day: day(0),
      score,
      areas: Object.fromEntries(areas.map((one) => [one.area, one.score])),
    });
    return score;
  };
  expect(await agree()).toBeCloseTo(100 * (1 - LOST / 14), 9);
  const set = (status: string, until: string): Promise<unknown> =>
    database.client.query(`UPDATE findings SET status = '${status}', excepted_until = ${until} WHERE integration_id = $1`, [
      weak.integrationId,
    ]);
  await set('excepted', `now() + interval '1 day'`);
  expect(await agree()).toBe(100);
  await set('open', 'NULL');
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
