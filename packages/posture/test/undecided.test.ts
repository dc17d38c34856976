import type { RecordKind } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import type { Check } from '../src/check/check.js';
import { defineCheck } from '../src/check/check.js';
import { applicationKeepsThoseWhoLeave } from '../src/checks/applications/application-keeps-those-who-leave.js';
import { accessThatIsNotUsed } from '../src/checks/groups/access-that-is-not-used.js';
import { passwordTooShort } from '../src/checks/organisation/password-too-short.js';
import { evaluate, type EvaluationRequest } from '../src/evaluation/evaluate.js';
import { type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { defaultsOf } from './fixtures/defaults.js';
import { daysAgo, Organisation, STREAMS } from './fixtures/organisation.js';
import { password } from './fixtures/settings.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

async function written(org: Organisation): Promise<Organisation> {
  await org.write(database.storage, database.client);
  return org;
}

async function looked({ integrationId }: Organisation, checks: readonly Check[], changed?: EvaluationRequest['changed']) {
  return evaluate(database.storage, {
    workspaceId: DEFAULT_WORKSPACE_ID,
    integrationId,
    connectorId: 'acme',
    scheduleSeconds: 86_400,
    offered: { all: STREAMS, wanted: new Set(STREAMS.map(({ name }) => name)) },
    states: await database.storage.streams.list(DEFAULT_WORKSPACE_ID, integrationId),
    checks: checks.map((check) => ({ check, parameters: defaultsOf(check) })),
    ...(changed !== undefined && { changed }),
  });
}

async function statuses({ integrationId }: Organisation): Promise<readonly string[]> {
  const { rows } = await database.client.query<{ key: string; status: string }>(
    'SELECT subject_key AS key, status FROM findings WHERE integration_id = $1 ORDER BY 1',
    [integrationId],
  );
  return rows.map(({ key, status }) => `${key} ${status}`);
}

const CHANGED_POLICIES = { kinds: new Set<RecordKind>(['policy']), since: new Date(0) };
const NOTHING = { kinds: new Set<RecordKind>(), since: new Date(0) };

test('what was found of a subject stays while nobody says it; what is said of others counts', async () => {
  const org = new Organisation();
  for (const key of ['a', 'b', 'c']) org.policy(key, { password: password({ minLength: 8 }) });
  await written(org);
  await looked(org, [passwordTooShort]);
  await written(
    org
      .policy('a', { password: password({ minLength: null }) })
      .policy('b', { password: password({ minLength: 20 }) })
      .policy('d', { password: password({ minLength: null }) }),
  );
  const reasons = [{ code: 'not_said', about: 'policy.password.minLength', count: 2 }];
  expect(await looked(org, [passwordTooShort], CHANGED_POLICIES)).toMatchObject([{ status: 'failed', findings: 2, reasons }]);
  expect(await statuses(org)).toEqual(['a open', 'b resolved', 'c open']);
  await written(org.policy('c', { password: password({ minLength: 20 }) }));
  expect(await looked(org, [passwordTooShort], CHANGED_POLICIES)).toMatchObject([{ status: 'unknown', findings: 1, reasons }]);
  expect(await statuses(org)).toEqual(['a open', 'b resolved', 'c resolved']);
  // What is not said is no news.
  expect(await looked(org, [passwordTooShort], NOTHING)).toEqual([]);
  for (const key of ['a', 'd']) org.policy(key, { password: password({ minLength: 20 }) });
  await written(org);
  expect(await looked(org, [passwordTooShort], CHANGED_POLICIES)).toMatchObject([
    { status: 'passed', findings: 0, reasons: [] },
  ]);
  expect(await statuses(org)).toEqual(['a resolved', 'b resolved', 'c resolved']);
});

const COUNTING = [applicationKeepsThoseWhoLeave, accessThatIsNotUsed];

test('before access is counted nobody passes, and once it is counted anew those that read it are looked at', async () => {
  const org = await written(
    new Organisation().account('ana').application('menu', { signOnMethod: 'saml' }).observed('application', daysAgo(90)),
  );
  const { integrationId } = org;
  await database.client.query('DELETE FROM access_counted WHERE integration_id = $1', [integrationId]);
  const uncounted = { status: 'unknown', reasons: [{ code: 'not_counted', about: 'counted:access' }] };
  expect(await looked(org, COUNTING)).toMatchObject([uncounted, uncounted]);
  await written(org);
  const passed = { status: 'passed', reasons: [] };
  expect(await looked(org, COUNTING, NOTHING)).toMatchObject([passed, passed]);
  expect(await looked(org, [...COUNTING, passwordTooShort], NOTHING)).toMatchObject([{ check: 'password-too-short' }]);
  expect(await looked(org, [...COUNTING, passwordTooShort], { ...NOTHING, counted: true })).toMatchObject(
    COUNTING.map(({ id }) => ({ check: id, ...passed })),
  );
});

test('an application that opens much is named before access is counted', async () => {
  const org = await written(new Organisation().application('vault', { signOnMethod: 'saml' }));
  await database.client.query('DELETE FROM access_counted WHERE integration_id = $1', [org.integrationId]);
  const [one] = await looked(org, [applicationKeepsThoseWhoLeave]);
  expect(one).toMatchObject({ status: 'failed', findings: 1, reasons: [{ code: 'not_counted' }] });
});

test('a need of a value that the check cannot leave undecided is refused, and so is a look at some of them', () => {
  const { undecided: _, ...silent } = passwordTooShort;
  expect(() => defineCheck(silent)).toThrow('what it leaves undecided does not speak of policy.password.minLength.');
  expect(() => defineCheck({ ...passwordTooShort, touchedBy: { policy: 'key' } })).toThrow('it leaves some undecided');
});
