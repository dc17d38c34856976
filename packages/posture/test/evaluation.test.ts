import type { RecordKind, StreamInfo } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { defineCheck } from '../src/check/check.js';
import { accountNotUsed } from '../src/checks/accounts/account-not-used.js';
import { badAddressesLetIn } from '../src/checks/organisation/bad-addresses-let-in.js';
import { dueForEvaluation } from '../src/evaluation/due.js';
import { evaluate, type EvaluationRequest } from '../src/evaluation/evaluate.js';
import { lookAt } from '../src/evaluation/look.js';
import { saveSettings } from '../src/settings/check-settings.js';
import { type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { daysAgo, Organisation, STREAMS } from './fixtures/organisation.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const ACTOR = { kind: 'user', id: null, name: 'Ana' } as const;
const unused = accountNotUsed;
const CHECKS = [unused, badAddressesLetIn];

async function written(org: Organisation): Promise<Organisation> {
  await org.write(database.storage, database.client);
  return org;
}

async function placeOf({ integrationId }: Organisation, all: readonly StreamInfo[] = STREAMS, wanted = all) {
  const states = await database.storage.streams.list(DEFAULT_WORKSPACE_ID, integrationId);
  const offered = { all, wanted: new Set(wanted.map(({ name }) => name)) };
  return { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, connectorId: 'acme', scheduleSeconds: 86_400, offered, states };
}

async function reasonsWith(org: Organisation, offered: Partial<EvaluationRequest['offered']> & { now?: Date } = {}) {
  const place = await placeOf(org);
  const [one] = await evaluate(database.storage, {
    ...place,
    offered: { ...place.offered, ...offered },
    checks: [{ check: unused, parameters: { days: 90 } }],
    ...(offered.now !== undefined && { now: offered.now }),
  });
  return [one?.status, ...(one?.reasons.map(({ code }) => code) ?? [])];
}

test('says why it does not know', async () => {
  const org = await written(new Organisation().account('ana', { lastLoginAt: daysAgo(100) }));
  const set = (sql: string): Promise<unknown> =>
    database.client.query(`UPDATE stream_state SET ${sql} WHERE integration_id = $1 AND stream = 'account'`, [
      org.integrationId,
    ]);
  expect(await reasonsWith(org)).toEqual(['failed']);
  expect(await reasonsWith(org, { all: STREAMS.filter(({ kind }) => kind !== 'account') })).toEqual(['unknown', 'not_offered']);
  expect(await reasonsWith(org, { wanted: new Set() })).toEqual(['unknown', 'switched_off']);
  expect(await reasonsWith(org, { now: new Date(Date.now() + 2.9 * 86_400_000) })).toEqual(['failed']);
  expect(await reasonsWith(org, { now: new Date(Date.now() + 3.1 * 86_400_000) })).toEqual(['unknown', 'stale']);
  await set(`unlisted = '[{"partition": "x", "reason": "y"}]'`);
  expect(await reasonsWith(org)).toEqual(['failed', 'partial']);
  await set(`unlisted = '[]', complete_generation = NULL`);
  expect(await reasonsWith(org)).toEqual(['unknown', 'not_read']);
  await set(`status = 'incomplete', error = '{"kind": "upstream", "message": "No."}'`);
  expect(await reasonsWith(org)).toEqual(['unknown', 'failed']);
  await set(`complete_generation = 1, error = '{"kind": "permission", "message": "No."}'`);
  expect(await reasonsWith(org)).toEqual(['unknown', 'refused']);
});

test('where some could not be listed, nobody passes and nothing is resolved', async () => {
  const org = await written(
    new Organisation().account('ana', { lastLoginAt: daysAgo(100) }).account('bo', { lastLoginAt: daysAgo(1) }),
  );
  await reasonsWith(org);
  await written(org.without('account', 'ana'));
  await database.client.query(
    `UPDATE stream_state SET unlisted = '[{"partition": "x", "reason": "y"}]' WHERE integration_id = $1 AND stream = 'account'`,
    [org.integrationId],
  );
  expect(await reasonsWith(org)).toEqual(['unknown', 'partial']);
  const { rows } = await database.client.query('SELECT status FROM findings WHERE integration_id = $1', [org.integrationId]);
  expect(rows).toEqual([{ status: 'open' }]);
});

test('a check that breaks is unknown, and the others go on', async () => {
  const broken = defineCheck({
    ...unused,
    id: 'check-that-breaks',
    sql: `SELECT 'a' AS key, '{}'::jsonb AS evidence WHERE $integration IS NOT NULL AND 1 / ($days - $days) > 0`,
  });
  const org = await written(new Organisation().account('ana', { lastLoginAt: daysAgo(100) }));
  const told: string[] = [];
  const checked = await evaluate(database.storage, {
    ...(await placeOf(org)),
    checks: [broken, unused].map((check) => ({ check, parameters: { days: 90 } })),
    onBroken: (check, cause) => told.push(`${check}: ${cause instanceof Error ? cause.message : ''}`),
  });
  expect(checked.map(({ status, reasons }) => [status, ...reasons.map(({ code }) => code)])).toEqual([
    ['unknown', 'broken'],
    ['failed'],
  ]);
  expect(told).toEqual(['check-that-breaks: division by zero']);
});

async function looked(org: Organisation): Promise<readonly string[]> {
  const { checked } = await lookAt(database.storage, await placeOf(org), CHECKS);
  return checked.map(({ check }) => check);
}
const isDue = async (org: Organisation): Promise<boolean> =>
  (await dueForEvaluation(database.storage.queries, 1_000)).includes(org.integrationId);

/** A run that changed one kind, or nothing, as its row says. */
async function noteRun({ integrationId }: Organisation, mode: 'full' | 'poll', kind?: RecordKind): Promise<void> {
  const { rows } = await database.client.query<{ id: string }>(
    `INSERT INTO sync_runs (integration_id, cause, mode, state, finished_at) VALUES ($1, 'manual', $2, 'complete', clock_timestamp()) RETURNING id`,
    [integrationId, mode],
  );
  if (kind !== undefined)
    await database.client.query(
      `INSERT INTO stream_runs (run_id, stream, state, generation, changed) VALUES ($1, $2, 'complete', 1, 1)`,
      [rows[0]?.id, kind],
    );
}

test('after a run only what changed is looked at, and what is due is said', async () => {
  const org = new Organisation().account('ana', { lastLoginAt: daysAgo(100) }).setting('threat_insight', { action: 'none' });
  await written(org);
  expect(await isDue(org)).toBe(true);
  expect(await looked(org)).toEqual(['account-not-used', 'bad-addresses-let-in']);
  expect(await isDue(org)).toBe(false);
  expect(await looked(org)).toEqual([]);
  await noteRun(org, 'poll', 'account');
  expect(await isDue(org)).toBe(false);
  await database.client.query(
    `UPDATE posture_evaluations SET evaluated_at = evaluated_at - interval '2 minutes' WHERE integration_id = $1`,
    [org.integrationId],
  );
  expect(await isDue(org)).toBe(true);
  expect(await looked(org)).toEqual(expect.arrayContaining(['account-not-used']));
  await noteRun(org, 'full');
  expect(await isDue(org)).toBe(true);
  expect(await looked(org)).toEqual([]);
  await database.client.query(
    `UPDATE stream_state SET status = 'skipped', error = '{"kind": "permission", "message": "No."}' WHERE integration_id = $1 AND stream = 'threat_insight'`,
    [org.integrationId],
  );
  await noteRun(org, 'full');
  expect(await looked(org)).toEqual(['bad-addresses-let-in']);
  await database.client.query(
    `UPDATE posture_evaluations SET complete_at = now() - interval '25 hours' WHERE integration_id = $1`,
    [org.integrationId],
  );
  expect(await isDue(org)).toBe(true);
  expect(await looked(org)).toEqual(['account-not-used', 'bad-addresses-let-in']);
});

test('a check that is switched off says nothing, and says it again when it is on', async () => {
  const org = await written(new Organisation().account('ana', { lastLoginAt: daysAgo(100) }));
  const open = async (): Promise<readonly unknown[]> =>
    (await database.client.query('SELECT status FROM findings WHERE integration_id = $1', [org.integrationId])).rows;
  await looked(org);
  const { queries } = database.storage;
  const set = (enabled: boolean, days: number): Promise<void> =>
    saveSettings(queries, DEFAULT_WORKSPACE_ID, unused, { enabled, reason: null, parameters: { days } }, ACTOR);
  await set(false, 90);
  expect(await isDue(org)).toBe(true);
  expect(await looked(org)).toEqual(['bad-addresses-let-in']);
  expect(await open()).toEqual([{ status: 'resolved' }]);
  await set(true, 90);
  await looked(org);
  expect(await open()).toEqual([{ status: 'open' }]);
  await set(true, 200);
  await looked(org);
  expect(await open()).toEqual([{ status: 'resolved' }]);
  await queries.query('DELETE FROM check_settings');
});

test('what no check says any longer is resolved, also where the check itself is no more', async () => {
  const org = await written(new Organisation().account('ana', { lastLoginAt: daysAgo(100) }));
  await looked(org);
  const { integrationId } = org;
  const { client } = database;
  await client.query(
    `UPDATE findings SET rule = 'check-of-an-older-release', fingerprint = sha256('older') WHERE integration_id = $1 AND subject_kind = 'account'`,
    [integrationId],
  );
  await client.query(
    `UPDATE check_results SET "check" = 'check-of-an-older-release' WHERE integration_id = $1 AND "check" = 'account-not-used'`,
    [integrationId],
  );
  await client.query(`UPDATE posture_evaluations SET complete_at = NULL WHERE integration_id = $1`, [integrationId]);
  await looked(org);
  const findings = `SELECT rule, status FROM findings WHERE integration_id = $1 AND subject_kind = 'account' ORDER BY rule`;
  expect((await client.query(findings, [integrationId])).rows).toEqual([
    { rule: 'account-not-used', status: 'open' },
    { rule: 'check-of-an-older-release', status: 'resolved' },
  ]);
  const results = `SELECT "check" FROM check_results WHERE integration_id = $1 ORDER BY 1`;
  expect((await client.query(results, [integrationId])).rows).toEqual([
    { check: 'account-not-used' },
    { check: 'bad-addresses-let-in' },
  ]);
});

test('ways that cannot be found stop no check', async () => {
  const org = await written(new Organisation().account('ana', { lastLoginAt: daysAgo(100) }));
  const broken: string[] = [];
  await database.client.query('ALTER TABLE attack_nodes RENAME TO attack_nodes_elsewhere');
  const place = await placeOf(org, STREAMS);
  const look = lookAt(database.storage, place, CHECKS, { onBroken: (what) => broken.push(what) });
  const { checked } = await look.finally(() =>
    database.client.query('ALTER TABLE attack_nodes_elsewhere RENAME TO attack_nodes'),
  );
  expect(broken).toEqual(['ways to tier zero']);
  expect(checked.map(({ check, status }) => `${check} ${status}`)).toEqual([
    'account-not-used failed',
    'bad-addresses-let-in unknown',
  ]);
});

test('what the score of the day is made of is kept for each area, also once an area says nothing any more', async () => {
  const org = await written(
    new Organisation()
      .account('ana', { lastLoginAt: daysAgo(100) })
      .account('bo', { lastLoginAt: daysAgo(1) })
      .setting('threat_insight', { action: 'block' }),
  );
  const kept = async (): Promise<Readonly<Record<string, unknown>>> => {
    const { rows } = await database.client.query<{ area: string; weight: number; lost: number }>(
      'SELECT area, weight, lost FROM posture_scores WHERE integration_id = $1 AND weight > 0',
      [org.integrationId],
    );
    return Object.fromEntries(rows.map(({ area, ...points }) => [area, points]));
  };
  await looked(org);
  // Of the accounts: a medium one (2) loses half of its weight, and the half of a half.
  const accounts = { weight: 2, lost: expect.closeTo(1.5, 9) };
  expect(await kept()).toEqual({ accounts, organisation: { weight: 5, lost: 0 } });
  const { queries } = database.storage;
  const off = { enabled: false, reason: 'Not here.', parameters: {} };
  await saveSettings(queries, DEFAULT_WORKSPACE_ID, unused, off, ACTOR);
  await looked(org);
  expect(await kept()).toEqual({ organisation: { weight: 5, lost: 0 } });
  await queries.query('DELETE FROM check_settings');
});
