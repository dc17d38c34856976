import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import fc from 'fast-check';
import { ALL_CHECKS } from '../src/checks/all-checks.js';
import { evaluate } from '../src/evaluation/evaluate.js';
import { type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { daysAgo, Organisation, STREAMS } from './fixtures/organisation.js';
import { defaultsOf } from './fixtures/defaults.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const CHECKS = ALL_CHECKS.filter(({ touchedBy }) => touchedBy !== undefined);
const ACCOUNTS = Array.from({ length: 8 }, (_, n) => `a${n}`);

/** Who holds the roles does not change here; everything that accounts and their authenticators say does. */
const people = fc.tuple(
  ...ACCOUNTS.map(() =>
    fc.record({
      isThere: fc.boolean(),
      status: fc.constantFrom('active', 'suspended', 'deprovisioned', 'password_expired', 'staged'),
      lastLogin: fc.option(fc.constantFrom(1, 20, 100, 400)),
      password: fc.option(fc.constantFrom(1, 200, 500)),
      activated: fc.option(fc.constantFrom(1, 100)),
      isHuman: fc.option(fc.boolean()),
      question: fc.option(fc.boolean()),
      provider: fc.constantFrom('ACME', 'FEDERATION', 'ACTIVE_DIRECTORY', null),
      factors: fc.subarray(['sms', 'push', 'webauthn', 'question']),
      isAssigned: fc.boolean(),
    }),
  ),
);
type People = typeof people extends fc.Arbitrary<infer T> ? T : never;

const ago = (days: number | null): string | null => (days === null ? null : daysAgo(days));

function build(drawn: People, integrationId: string): Organisation {
  const org = new Organisation()
    .role('super', ['everything'])
    .holds('super', 'a0')
    .group('desk')
    .members('desk', 'a1', 'a2')
    .role('help', ['reset_passwords'])
    .holds('help', 'desk', 'group')
    .application('crm')
    .identityProvider('partner')
    .linked('partner', 'a1');
  org.integrationId = integrationId;
  drawn.forEach((one, n) => {
    const key = ACCOUNTS[n] ?? '';
    if (!one.isThere) return;
    org.account(key, {
      status: one.status as 'active', // the words above are the vocabulary's
      lastLoginAt: ago(one.lastLogin),
      passwordChangedAt: ago(one.password),
      activatedAt: ago(one.activated),
      statusChangedAt: ago(one.activated),
      isHuman: one.isHuman,
      recoveryQuestion: one.question,
      credentialProvider: one.provider,
    });
    for (const factor of one.factors) org.authenticator(key, factor, { phishingResistant: factor === 'webauthn' });
    if (one.isAssigned) org.assigned('crm', key);
  });
  return org;
}

async function look(integrationId: string, since: Date | undefined): Promise<void> {
  const { storage } = database;
  await evaluate(storage, {
    workspaceId: DEFAULT_WORKSPACE_ID,
    integrationId,
    connectorId: 'acme',
    scheduleSeconds: 86_400,
    offered: { all: STREAMS, wanted: new Set(STREAMS.map(({ name }) => name)) },
    states: await storage.streams.list(DEFAULT_WORKSPACE_ID, integrationId),
    checks: CHECKS.map((check) => ({ check, parameters: defaultsOf(check) })),
    // Within the margin that is added, everything would be touched: what lies before it is said to be an hour old.
    ...(since !== undefined && { changed: { kinds: new Set(['account', 'authenticator', 'app_assignment'] as const), since } }),
  });
}

interface Row {
  readonly rule: string;
  readonly key: string;
}

async function standing(integrationId: string): Promise<readonly Row[]> {
  const { rows } = await database.client.query<Row>(
    `SELECT rule, subject_key AS key, severity, evidence FROM findings WHERE integration_id = $1 AND status <> 'resolved' ORDER BY rule, subject_key`,
    [integrationId],
  );
  return rows;
}

/** As if all rows had last changed an hour ago: what is written next is all that a look sees to have changed. */
async function age(integrationId: string): Promise<void> {
  for (const table of ['accounts', 'authenticators', 'app_assignments'])
    await database.client.query(
      `UPDATE ${table} SET changed_at = changed_at - interval '1 hour', present_since = present_since - interval '1 hour', removed_at = removed_at - interval '1 hour' WHERE integration_id = $1`,
      [integrationId],
    );
}

test('after a change only touched subjects are looked at, and the outcome is that of a look at everything', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(people, people, async (before, after) => {
      const { storage, client } = database;
      const org = build(before, '');
      await org.write(storage, client);
      const { integrationId } = org;
      await look(integrationId, undefined);
      await age(integrationId);
      const changed = build(after.map((one, n) => (n % 2 === 0 ? one : before[n])) as unknown as People, integrationId); // as long as before
      await changed.write(storage, client);
      await look(integrationId, new Date());
      const touched = await standing(integrationId);
      await look(integrationId, undefined);
      expect(touched).toEqual(await standing(integrationId));
      found += touched.length;
    }),
    { numRuns: 15 },
  );
  // Some hundred in most runs; what must not happen is that nobody was compared.
  expect(found).toBeGreaterThan(10);
}, 120_000);

test('who was not touched is not looked at', async () => {
  const { storage, client } = database;
  const org = new Organisation().account('ana', { lastLoginAt: daysAgo(400) }).account('bo', { lastLoginAt: daysAgo(400) });
  await org.write(storage, client);
  await look(org.integrationId, undefined);
  await age(org.integrationId);
  // Behind our back, so that nothing says that she has changed.
  await client.query(`UPDATE accounts SET last_login_at = now() WHERE integration_id = $1`, [org.integrationId]);
  await client.query(`UPDATE accounts SET changed_at = now() WHERE integration_id = $1 AND key = 'bo'`, [org.integrationId]);
  await look(org.integrationId, new Date());
  const rows = await standing(org.integrationId);
  expect(rows.filter(({ rule }) => rule === 'account-not-used').map(({ key }) => key)).toEqual(['ana']);
});
