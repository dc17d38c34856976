import type pg from 'pg';
import {
  DEFAULT_WORKSPACE_ID,
  type NewPlaybookRun,
  type PlaybookRun,
  type Storage,
  type StoredAnswer,
  type StoredStep,
} from '../src/index.js';
import { TestDatabases } from './fixtures/test-database.js';

const ANA = { kind: 'user', id: '00000000-0000-4000-8000-00000000000a', name: 'Ana' } as const;
const BY_ITSELF = { kind: 'playbook', id: null, name: 'Playbook' } as const;
const INTEGRATION = '00000000-0000-4000-8000-0000000000f1';
const FINDING = '00000000-0000-4000-8000-0000000000f2';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
let n = 0;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  await client.query(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, next_run_at) VALUES ($1, $2, 'acme', 'Acme', '{}', now())`,
    [INTEGRATION, DEFAULT_WORKSPACE_ID],
  );
}, 60_000);
afterAll(() => databases.close());
afterEach(() => client.query('TRUNCATE playbook_runs, findings, detection_findings, incidents CASCADE'));

function wanted(more: Partial<NewPlaybookRun> = {}): NewPlaybookRun {
  n += 1;
  return {
    integrationId: INTEGRATION,
    opening: `finding ${n}`,
    findingId: FINDING,
    incidentId: null,
    subject: { kind: 'account', key: `u-${n}`, name: 'ana@acme.example' },
    playbook: 'some',
    version: 1,
    definition: { steps: [] },
    firstStep: 'ask',
    deadlineMs: 3_600_000,
    startedBy: BY_ITSELF,
    ...more,
  };
}

const begin = (more: Partial<NewPlaybookRun> = {}, mostADay: number | null = null) =>
  storage.playbookRuns.begin(DEFAULT_WORKSPACE_ID, wanted(more), mostADay);

/** A run that somebody drives. */
async function driven(more: Partial<NewPlaybookRun> = {}): Promise<PlaybookRun> {
  const begun = await begin(more);
  const taken = begun && (await storage.playbookLeases.take(begun.id));
  if (taken === undefined) throw new Error('it was not begun, or not due');
  return taken;
}

const find = async ({ id }: PlaybookRun) => storage.playbookRuns.find(DEFAULT_WORKSPACE_ID, id);
const STEP: StoredStep = {
  step: 'ask',
  kind: 'approval',
  title: 'Ask',
  state: 'open',
  beganAt: '2026-11-28T00:00:00.000Z',
  endedAt: null,
  dueAt: null,
  message: null,
  items: [],
  decidedBy: null,
  note: null,
};
const YES: StoredAnswer = { is: 'approved', by: ANA, at: '2026-11-28T00:00:00.000Z', note: null };

test('one opening begins it once, and for one subject it runs once at a time', async () => {
  const both = await Promise.all([begin({ opening: 'same' }), begin({ opening: 'same' })]);
  expect(both.filter((run) => run !== undefined)).toHaveLength(1);
  const subject = { kind: 'account', key: 'u-same', name: '' };
  const first = await begin({ subject });
  expect(await begin({ subject })).toBeUndefined();
  if (first !== undefined) await storage.playbookRuns.stop(DEFAULT_WORKSPACE_ID, first.id, ANA, 'Enough.');
  expect(await begin({ subject })).toMatchObject({ state: 'running', step: 'ask' });
});

test('of many that begin at once no more than a day may have; what a person begins does not count', async () => {
  const begun = await Promise.all(Array.from({ length: 8 }, () => begin({}, 3)));
  expect(begun.filter((run) => run !== undefined)).toHaveLength(3);
  expect(await begin({ startedBy: ANA })).toBeDefined();
  expect(await begin({ playbook: 'another' }, 3)).toBeDefined();
});

test('of many who take it at once one gets it, and whoever has lost it writes nothing more', async () => {
  const begun = await begin();
  const id = begun?.id ?? '';
  const taken = await Promise.all(Array.from({ length: 5 }, () => storage.playbookLeases.take(id)));
  const [first, ...others] = taken.filter((run) => run !== undefined);
  if (first === undefined) throw new Error('nobody got it');
  expect(others).toEqual([]);
  await client.query(`UPDATE playbook_runs SET lease_until = now() - interval '1 second'`);
  const second = await storage.playbookLeases.take(id);
  if (second === undefined) throw new Error('the lease did not run out');
  let isDone = false;
  const lost = await storage.playbookLeases.during(first, async () => {
    isDone = true;
    return { log: [STEP], step: 'ask' };
  });
  expect([lost, isDone]).toEqual([undefined, false]);
  await storage.playbookLeases.later(first, 'approval', 0);
  expect(await storage.playbookLeases.end(first, 'ended', 'done')).toBe(false);
  expect(await find(first)).toMatchObject({ state: 'running', log: [], tries: 2 });
});

test('what is done in a step, and where the run stands then, are both there or neither', async () => {
  const run = await driven();
  const failing = storage.playbookLeases.during(run, async () => {
    await storage.playbookSettings.simulated(DEFAULT_WORKSPACE_ID, 'some', 7);
    throw new Error('planted');
  });
  await expect(failing).rejects.toThrow('planted');
  expect(await storage.playbookSettings.list(DEFAULT_WORKSPACE_ID)).toEqual([]);
  await storage.playbookLeases.during(run, async ({ log }) => ({ log: [...log, STEP], step: 'ask' }));
  expect(await find(run)).toMatchObject({ log: [STEP], step: 'ask' });
});

test('what somebody says while it is driven is looked at next, and counts once', async () => {
  const run = await driven();
  expect(await storage.playbookRuns.answer(DEFAULT_WORKSPACE_ID, run.id, 'ask', YES)).toBeDefined();
  expect(await storage.playbookRuns.answer(DEFAULT_WORKSPACE_ID, run.id, 'ask', { ...YES, is: 'declined' })).toBeUndefined();
  // Whoever drives it has not seen that, and wants to look in an hour.
  await storage.playbookLeases.later(run, 'approval', 3_600_000);
  expect(await find(run)).toMatchObject({ state: 'waiting', waitsFor: 'approval' });
  const next = await storage.playbookLeases.take(run.id);
  expect(next?.answers).toEqual({ ask: YES });
  if (next !== undefined) await storage.playbookLeases.later(next, 'approval', 3_600_000);
  expect(await storage.playbookLeases.take(run.id)).toBeUndefined();
});

test('a run that is stopped belongs to nobody', async () => {
  const run = await driven();
  expect(await storage.playbookRuns.stop(DEFAULT_WORKSPACE_ID, run.id, ANA, 'A drill.')).toMatchObject({ state: 'stopped' });
  expect(await storage.playbookLeases.during(run, async () => ({ log: [STEP], step: 'ask' }))).toBeUndefined();
  expect(await storage.playbookRuns.stop(DEFAULT_WORKSPACE_ID, run.id, ANA, 'Again.')).toBeUndefined();
  expect(await storage.playbookRuns.answer(DEFAULT_WORKSPACE_ID, run.id, 'ask', YES)).toBeUndefined();
  expect(await storage.playbookLeases.due(10)).toEqual([]);
});

/** A finding of a check, or, with hours, of a rule: of an incident, so long before it was found. */
async function found(key: string, { hours, status = 'open' }: { readonly hours?: number; readonly status?: string } = {}) {
  const { rows } = await client.query(
    `INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence, resolved_at)
     VALUES ($1, $2, 'posture', 'r-1', 'account', $3, sha256($4::bytea), 4, $5, '{}', CASE WHEN $5 = 'resolved' THEN now() END) RETURNING id`,
    [DEFAULT_WORKSPACE_ID, INTEGRATION, key, `${key} ${(n += 1)}`, status],
  );
  if (hours === undefined) return rows[0].id;
  await client.query(
    `WITH i AS (
       INSERT INTO incidents (id, workspace_id, integration_id, subject_kind, subject_key, subject_label, sessions, status, severity, confidence, findings, rule, first_at, last_at)
       VALUES (md5($2)::uuid, $3, $4, 'account', $2, 'Ana', '{}', 'open', 4, 3, 1, 'r-1', now(), now()) ON CONFLICT (id) DO NOTHING
     ) INSERT INTO detection_findings (finding_id, incident_id, confidence, first_at, last_at, events)
     VALUES ($1, md5($2)::uuid, 3, now() - $5 * interval '1 hour', now() - $5 * interval '1 hour', '{}')`,
    [rows[0].id, key, DEFAULT_WORKSPACE_ID, INTEGRATION, hours],
  );
  return rows[0].id;
}

test('what begins it: what stands and is new, an incident once, and nothing that is long over', async () => {
  const since = new Date(Date.now() - 60_000);
  const query = { playbook: 'some', rules: ['r-1'], leastSeverity: 3, subjectKind: 'account', limit: 100 } as const;
  const check = await found('checked');
  const early = await found('attacked', { hours: 2 });
  await found('attacked', { hours: 1 });
  await found('long-ago', { hours: 30 });
  await found('gone', { status: 'resolved' });
  const due = () => storage.playbookCandidates.since(DEFAULT_WORKSPACE_ID, query, since);
  expect((await due()).map(({ findingId, label }) => [findingId, label])).toEqual([
    [check, null],
    [early, 'Ana'],
  ]);
  // What has begun it begins it no more, until it is opened anew.
  for (const { opening } of await due()) await begin({ opening });
  expect(await due()).toEqual([]);
  await client.query(`UPDATE findings SET opened_at = now() + interval '1 second' WHERE subject_key = 'checked'`);
  expect((await due()).map(({ findingId }) => findingId)).toEqual([check]);
  const history = await storage.playbookCandidates.history(DEFAULT_WORKSPACE_ID, query, 1);
  expect(history.map(({ subjectKey }) => subjectKey)).toEqual(['checked', 'gone', 'attacked']);
  const mild = { ...query, leastSeverity: 5 } as const;
  expect(await storage.playbookCandidates.history(DEFAULT_WORKSPACE_ID, mild, 90)).toEqual([]);
});

test('what ended long ago is not kept for ever, and what goes on is', async () => {
  const old = await driven();
  await storage.playbookLeases.end(old, 'ended', 'done');
  const open = await begin();
  await client.query(`UPDATE playbook_runs SET started_at = now() - interval '401 days'`);
  await client.query(`UPDATE playbook_runs SET ended_at = now() - interval '399 days' WHERE id = $1`, [old.id]);
  expect(await storage.playbookRuns.purge(10)).toBe(0);
  await client.query(`UPDATE playbook_runs SET ended_at = now() - interval '401 days' WHERE id = $1`, [old.id]);
  expect(await storage.playbookRuns.purge(10)).toBe(1);
  expect((await client.query<{ id: string }>('SELECT id FROM playbook_runs')).rows).toEqual([{ id: open?.id }]);
});
