import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { frameworkViews } from '../src/answers/framework-views.js';
import { ALL_CHECKS } from '../src/checks/all-checks.js';
import { accountNotUsed } from '../src/checks/accounts/account-not-used.js';
import { FRAMEWORKS } from '../src/frameworks/frameworks.js';
import { isLaxer } from '../src/frameworks/limit-of-control.js';
import { saveSettings } from '../src/settings/check-settings.js';
import { type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { Organisation } from './fixtures/organisation.js';

/** The one that names figures, and its control for accounts that are not used. */
const STIG = FRAMEWORKS.find(({ limits }) => limits.size > 0);
const CONTROL = [...(STIG?.limits ?? [])].find(([, { of }]) => of[accountNotUsed.id] !== undefined)?.[0];

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
  const org = new Organisation().account('ana', {});
  await org.write(database.storage, database.client);
  // The framework is written for this provider.
  await database.client.query(`UPDATE integrations SET connector_id = $2 WHERE id = $1`, [org.integrationId, STIG?.only]);
  await database.client.query(
    `INSERT INTO check_results (integration_id, "check", status, reasons, findings, examined, parameters, evaluated_at, since, took_ms)
     VALUES ($1, $2, 'passed', '[]', 0, 1, '{}', now(), now(), 1)`,
    [org.integrationId, accountNotUsed.id],
  );
});
afterAll(() => database.close());

async function ofControl() {
  const question = { workspaceId: DEFAULT_WORKSPACE_ID, checks: [accountNotUsed] };
  const stig = (await frameworkViews(database.storage.queries, question)).find(({ id }) => id === STIG?.id);
  return stig?.controls.find(({ control }) => control === CONTROL);
}

async function setDays(days: number): Promise<void> {
  const change = { enabled: true, reason: null, parameters: { days } };
  const by = { kind: 'user', id: null, name: 'Ada' } as const;
  await saveSettings(database.storage.queries, DEFAULT_WORKSPACE_ID, accountNotUsed, change, by);
}

test('what has passed by a laxer limit than the one of the control has not passed for it', async () => {
  expect(await ofControl()).toMatchObject({
    status: 'unknown',
    checks: [{ status: 'unknown', limit: { type: 'days', here: 90, asked: 35, laxer: true } }],
  });
  await setDays(35);
  expect(await ofControl()).toMatchObject({ status: 'passed', checks: [{ limit: { here: 35, laxer: false } }] });
  await setDays(36);
  expect((await ofControl())?.status).toBe('unknown');
});

test.each([
  ['at_most', 35, 36, true],
  ['at_most', 35, 30, false],
  ['at_least', 15, 14, true],
  ['at_least', 15, 15, false],
] as const)('of %s %p is %p laxer: %p', (asks, value, here, laxer) => {
  expect(isLaxer({ asks, value }, here)).toBe(laxer);
});

test('each limit of a control is that of a number in a check that speaks to it', () => {
  for (const { id, limits } of FRAMEWORKS)
    for (const [control, { of }] of limits)
      for (const [checkId, parameter] of Object.entries(of)) {
        const check = ALL_CHECKS.find((candidate) => candidate.id === checkId);
        // A list of ids of one framework, asked for any of its ids.
        expect([checkId, check?.frameworks[id] as readonly string[] | undefined]).toEqual([
          checkId,
          expect.arrayContaining([control]),
        ]);
        expect([checkId, typeof check?.parameters[parameter]?.default]).toEqual([checkId, 'number']);
      }
});
