import type { RecordKind, RecordMap } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { mayOpenOrClose, surveyOf } from '../src/evaluation/survey-of.js';
import { readSurvey } from '../src/paths/paths.js';
import { type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { Organisation, STREAMS } from './fixtures/organisation.js';
import { trusting } from './fixtures/trust.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

type Status = RecordMap['account']['status'];

const OFF: Status = 'deprovisioned';

/** Of each account of its own: how it leads to tier zero. */
function organisation(statuses: Readonly<Record<string, Status>>): Organisation {
  const account = (org: Organisation, key: string) => org.account(key, { status: statuses[key] ?? 'active' });
  const org = ['root', 'owner', 'member', 'helper', 'bystander'].reduce(account, new Organisation());
  return org
    .role('super', ['everything'])
    .holds('super', 'root')
    .group('admins')
    .holds('super', 'admins', 'group')
    .owner('admins', 'owner')
    .group('leads')
    .owner('admins', 'leads', 'group')
    .members('leads', 'member')
    .role('desk', ['reset_passwords'], { overAdministrators: false })
    .holds('desk', 'helper')
    .group('club')
    .members('club', 'bystander');
}

async function survey(org: Organisation): Promise<void> {
  const { storage, client } = database;
  await org.write(storage, client);
  await surveyOf(storage, {
    workspaceId: DEFAULT_WORKSPACE_ID,
    integrationId: org.integrationId,
    connectorId: 'acme',
    scheduleSeconds: 86_400,
    offered: { all: STREAMS, wanted: new Set(STREAMS.map(({ name }) => name)) },
    states: await storage.streams.list(DEFAULT_WORKSPACE_ID, org.integrationId),
  });
}

async function mayChange(org: Organisation, kind: RecordKind = 'account'): Promise<boolean> {
  await org.write(database.storage, database.client);
  const since = new Date(Date.now() - 60_000);
  return mayOpenOrClose(database.storage.queries, org.integrationId, { kinds: new Set([kind]), since });
}

test.each<[string, boolean]>([
  ['root', true],
  ['owner', true],
  ['member', true],
  ['helper', true],
  ['bystander', false],
])('that %s is switched off, or on again, may open or close a way: %s', async (key, may) => {
  for (const [before, after] of [
    ['active', OFF],
    [OFF, 'active'],
  ] as const) {
    const org = organisation({ [key]: before });
    await survey(org);
    const later = organisation({ [key]: after });
    later.integrationId = org.integrationId;
    expect([before, await mayChange(later)]).toEqual([before, may]);
  }
});

test('that somebody is suspended, or has another name, changes no way; that an account is gone does', async () => {
  const org = organisation({});
  await survey(org);
  for (const key of ['root', 'owner', 'member', 'helper']) org.account(key, { status: 'suspended', displayName: 'Ana' });
  expect(await mayChange(org)).toBe(false);
  expect(await mayChange(org.gone('account', 'owner'))).toBe(true);
});

test('the status of an application is looked at with the application', async () => {
  const org = organisation({});
  await survey(org);
  expect([await mayChange(org, 'application'), await mayChange(org, 'policy')]).toEqual([true, false]);
});

test('an identity provider that links and does not say whether administrators are left out makes no step, and is told', async () => {
  const org = organisation({}).identityProvider('silent', { accountLinkAction: 'AUTO', ...trusting() });
  await survey(org);
  const { starts, reasons } = (await readSurvey(database.storage.queries, org.integrationId)) ?? {};
  // The three accounts, and the provider by those of them that have no role.
  expect([starts, reasons]).toEqual([4, [{ code: 'not_said', about: 'said:links_administrators' }]]);
  const more = organisation({}).identityProvider('silent', {
    accountLinkAction: 'AUTO',
    ...trusting({ linkNotAdministrators: true }),
  });
  more.integrationId = org.integrationId;
  await survey(more);
  expect((await readSurvey(database.storage.queries, org.integrationId))?.reasons).toEqual([]);
});
