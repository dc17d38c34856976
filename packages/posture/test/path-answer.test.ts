import { createHash, randomUUID } from 'node:crypto';
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { attackPaths } from '../src/answers/path-views.js';
import { accountWithAWayToTierZero } from '../src/checks/administrators/account-with-a-way-to-tier-zero.js';
import { keepSurvey } from '../src/paths/keep-survey.js';
import { surveyAttackPaths } from '../src/paths/survey.js';
import { type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { Organisation } from './fixtures/organisation.js';
import { trusting } from './fixtures/trust.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

/** Twenty-five super administrators; `owner` has two first steps, `helper` and the identity provider one. */
async function built(): Promise<Organisation> {
  const { storage, client } = database;
  const org = new Organisation()
    .group('admins')
    .holds('super', 'admins', 'group')
    .group('others')
    .holds('super', 'others', 'group')
    .account('owner')
    .owner('admins', 'owner')
    .owner('others', 'owner')
    .account('helper')
    .role('desk', ['reset_passwords'], { overAdministrators: false })
    .holds('desk', 'helper')
    .identityProvider('partner', { accountLinkAction: 'auto', ...trusting({ linkNotAdministrators: false }) });
  for (let n = 0; n < 25; n++) org.superAdministrator(`root${String(n).padStart(2, '0')}`);
  await org.write(storage, client);
  await storage.transaction(async () => {
    await keepSurvey(storage.queries, org.integrationId, await surveyAttackPaths(storage.queries, org.integrationId), []);
  });
  return org;
}

test('the answer says who begins, who is of tier zero, what else leads there, what closes each step, and its finding', async () => {
  const { storage, client } = database;
  const org = await built();
  const finding = randomUUID();
  const put = (id: string, rule: string, key: string, status: string) =>
    client.query(
      `INSERT INTO findings (id, workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence, resolved_at)
       VALUES ($1, $2, $3, 'posture', $4, 'account', $5, $6, 4, $7::text, '{}', CASE WHEN $7::text = 'resolved' THEN now() END)`,
      [id, DEFAULT_WORKSPACE_ID, org.integrationId, rule, key, createHash('sha256').update(id).digest(), status],
    );
  await put(finding, 'account-with-a-way-to-tier-zero', 'owner', 'open');
  await put(randomUUID(), 'account-with-a-way-to-tier-zero', 'helper', 'resolved');
  await put(randomUUID(), 'administrator-not-used', 'helper', 'open');
  const of = { id: org.integrationId, name: 'Acme', connectorId: 'acme' };
  const answer = await attackPaths(storage.queries, of, { providers: new Map() });
  expect(answer).toMatchObject({
    total: 3,
    tierZero: 27,
    starts: [
      { kind: 'account', count: 2 },
      { kind: 'identity_provider', count: 1 },
    ],
    // The owner has two groups, whom the helper only reaches through him; the provider signs in as each of many.
    uncut: 2,
  });
  expect(answer.tierZeroMembers).toHaveLength(20);
  expect(answer.tierZeroMembers[0]).toMatchObject({ kind: 'account', key: 'root00' });
  expect(answer.items.map(({ from, otherFirstSteps, finding: id }) => [from.key, otherFirstSteps, id])).toEqual([
    ['owner', 1, finding],
    ['partner', 24, null],
    ['helper', 0, null],
  ]);
  const kinds = new Set(answer.items.flatMap(({ steps }) => steps.map(({ kind }) => kind)));
  expect(answer.fixes.map(({ kind }) => kind).toSorted()).toEqual([...kinds].toSorted());
  for (const { fix, console: places } of answer.fixes) expect([fix.endsWith('.'), places]).toEqual([true, []]);
});

test('a step of a provider whose console is known says where in it', async () => {
  const { storage } = database;
  const org = await built();
  const [connectorId = ''] = Object.keys(accountWithAWayToTierZero.console);
  const { fixes } = await attackPaths(
    storage.queries,
    { id: org.integrationId, name: 'Acme', connectorId },
    { providers: new Map() },
  );
  expect(fixes.length).toBeGreaterThan(0);
  for (const { console: places } of fixes) expect(places.length).toBeGreaterThan(0);
});
