import type pg from 'pg';
import {
  type CandidatePlace,
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
afterEach(() => client.query('TRUNCATE playbook_runs, action_requests, findings, detection_findings, incidents CASCADE'));

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
  const taken = begun && (await storage.playbookLeases.take(INTEGRATION));
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
const ASK = { key: 'ask', step: 'ask' };
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
  await begin();
  const taken = await Promise.all(Array.from({ length: 5 }, () => storage.playbookLeases.take(INTEGRATION)));
  const [first, ...others] = taken.filter((run) => run !== undefined);
  if (first === undefined) throw new Error('nobody got it');
  expect(others).toEqual([]);
  await client.query(`UPDATE playbook_runs SET lease_until = now() - interval '1 second'`);
  const second = await storage.playbookLeases.take(INTEGRATION);
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
  await storage.playbookLeases.during(run, async () => ({ log: [STEP], step: 'ask' }));
  expect(await storage.playbookRuns.answer(DEFAULT_WORKSPACE_ID, run.id, ASK, YES)).toBeDefined();
  expect(await storage.playbookRuns.answer(DEFAULT_WORKSPACE_ID, run.id, ASK, { ...YES, is: 'declined' })).toBeUndefined();
  // Whoever drives it has not seen that, and wants to look in an hour.
  await storage.playbookLeases.later(run, 'approval', 3_600_000);
  expect(await find(run)).toMatchObject({ state: 'waiting', waitsFor: 'approval' });
  const next = await storage.playbookLeases.take(INTEGRATION);
  expect(next?.answers).toEqual({ ask: YES });
  if (next !== undefined) await storage.playbookLeases.later(next, 'approval', 3_600_000);
  expect(await storage.playbookLeases.take(INTEGRATION)).toBeUndefined();
});

test('nobody answers what is not asked any more', async () => {
  const run = await driven();
  const answer = (to: object = ASK) => storage.playbookRuns.answer(DEFAULT_WORKSPACE_ID, run.id, { ...ASK, ...to }, YES);
  const log = (...steps: StoredStep[]) => storage.playbookLeases.during(run, async () => ({ log: steps, step: 'ask' }));
  await log({ ...STEP, state: 'late' });
  expect(await answer()).toBeUndefined();
  const item = { id: 'i', record: run.subject, input: {}, requestId: null, message: null, note: null, by: null };
  await log({ ...STEP, items: [{ ...item, state: 'done' }] });
  expect(await answer({ key: 'ask i', item: 'i' })).toBeUndefined();
  await log({ ...STEP, items: [{ ...item, state: 'by_hand' }] });
  expect(await answer({ key: 'ask i', item: 'i' })).toBeDefined();
});

test('what has just begun and what somebody has said come before what is only looked at again', async () => {
  const old = await driven();
  await storage.playbookLeases.later(old, 'event', 0);
  await client.query(`UPDATE playbook_runs SET due_at = now() - interval '1 hour'`);
  const fresh = await begin();
  expect(await storage.playbookLeases.take(INTEGRATION)).toMatchObject({ id: fresh?.id });
  // And of two who take at once each gets another one.
  const more = await begin();
  const taken = await Promise.all([1, 2].map(() => storage.playbookLeases.take(INTEGRATION)));
  expect(taken.map((run) => run?.id).toSorted()).toEqual([old.id, more?.id].toSorted());
  expect(await storage.playbookLeases.due(10)).toEqual([]);
});

test('a run is looked at when a request of it is over, and once', async () => {
  const run = await driven();
  const plan = {
    state: 'open',
    calls: [],
    touches: [run.subject],
    consequences: [],
    outcome: '',
    stale: [],
    undo: null,
    fingerprint: 'f',
  };
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO action_requests (workspace_id, integration_id, action, title, effect, input, plan, fingerprint, subject_kind, subject_key, subject_name,
       requested_by, wish, state) VALUES ($1, $2, 'remove-role', 'Remove', 'destructive', '{}', $3, 'f', 'account', 'u', 'u', '{}', $4, 'proposed') RETURNING id`,
    [DEFAULT_WORKSPACE_ID, INTEGRATION, JSON.stringify(plan), `playbook ${run.id} act i`],
  );
  const requestId = rows[0]?.id ?? '';
  const item = {
    id: 'i',
    record: run.subject,
    input: {},
    state: 'requested',
    requestId,
    message: null,
    note: null,
    by: null,
  } as const;
  await storage.playbookLeases.during(run, async () => ({ log: [{ ...STEP, items: [item] }], step: 'ask' }));
  await storage.playbookLeases.later(run, 'agreement', 60_000);
  const due = async () => (await storage.playbookLeases.wake(), storage.playbookLeases.due(10));
  expect(await due()).toEqual([]);
  expect(await storage.playbookRuns.proposals(DEFAULT_WORKSPACE_ID, `playbook ${run.id} `)).toEqual([requestId]);
  await storage.actions.decide(DEFAULT_WORKSPACE_ID, requestId, 'rejected', ANA);
  expect(await due()).toEqual([INTEGRATION]);
  const next = await storage.playbookLeases.take(INTEGRATION);
  if (next === undefined) throw new Error('it is not due');
  await storage.playbookLeases.during(next, async () => ({
    log: [{ ...STEP, items: [{ ...item, state: 'not_done' }] }],
    step: 'ask',
  }));
  await storage.playbookLeases.later(next, 'hand', 60_000);
  expect(await due()).toEqual([]);
});

test('a run that is stopped belongs to nobody', async () => {
  const run = await driven();
  expect(await storage.playbookRuns.stop(DEFAULT_WORKSPACE_ID, run.id, ANA, 'A drill.')).toMatchObject({ state: 'stopped' });
  expect(await storage.playbookLeases.during(run, async () => ({ log: [STEP], step: 'ask' }))).toBeUndefined();
  expect(await storage.playbookRuns.stop(DEFAULT_WORKSPACE_ID, run.id, ANA, 'Again.')).toBeUndefined();
  expect(await storage.playbookRuns.answer(DEFAULT_WORKSPACE_ID, run.id, ASK, YES)).toBeUndefined();
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

const QUERY = { playbook: 'some', rules: ['r-1'], leastSeverity: 3, subjectKind: 'account', limit: 100 } as const;
const since = (limit = 100, after?: CandidatePlace) =>
  storage.playbookCandidates.since(DEFAULT_WORKSPACE_ID, { ...QUERY, limit }, new Date(0), after);
const opened = (key: string, ago: string) =>
  client.query(`UPDATE findings SET opened_at = now() - $2::interval WHERE subject_key = $1`, [key, ago]);

test('page after page, each once, though many were opened in the same millisecond', async () => {
  for (const key of ['a', 'b', 'c', 'd', 'e']) await found(key);
  await client.query(
    `UPDATE findings SET opened_at = date_trunc('milliseconds', now()) + ascii(subject_key) * interval '1 microsecond'`,
  );
  const seen: string[] = [];
  for (let after: CandidatePlace | undefined, page = await since(2); page.length > 0; page = await since(2, after)) {
    seen.push(...page.map(({ subjectKey }) => subjectKey));
    after = page.at(-1);
  }
  expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('what waits for a run of its subject waits as long as that takes, and a week after it', async () => {
  const run = await begin({ subject: { kind: 'account', key: 'busy', name: '' } });
  await found('busy');
  await found('free');
  const keys = async () => (await since()).map(({ subjectKey }) => subjectKey);
  expect(await keys()).toEqual(['free']);
  for (const key of ['busy', 'free']) await opened(key, '20 days');
  if (run !== undefined) await storage.playbookRuns.stop(DEFAULT_WORKSPACE_ID, run.id, ANA, 'Enough.');
  expect(await keys()).toEqual(['busy']);
  await client.query(`UPDATE playbook_runs SET ended_at = now() - interval '8 days'`);
  expect(await keys()).toEqual([]);
});

test('how many more may begin today', async () => {
  const left = () => storage.playbookRuns.leftToday(DEFAULT_WORKSPACE_ID, 'some', 2);
  expect(await left()).toBe(2);
  await begin();
  await begin({ startedBy: ANA });
  expect(await left()).toBe(1);
  for (let more = 0; more < 3; more += 1) await begin();
  expect(await left()).toBe(0);
  await client.query(`UPDATE playbook_runs SET started_at = now() - interval '25 hours'`);
  expect(await left()).toBe(2);
});

test('only who excepts a finding after a run has begun says that there is no reason for it', async () => {
  const findingId = await found('allowed', { status: 'open' });
  const except = (ago: string) =>
    client.query(`INSERT INTO finding_events (finding_id, kind, at) VALUES ($1, 'excepted', now() - $2::interval)`, [
      findingId,
      ago,
    ]);
  await client.query(`UPDATE findings SET status = 'excepted', excepted_until = now() + interval '1 day'`);
  await except('1 hour');
  const run = await begin({ findingId });
  // Something else of it changes: it was excepted all the same.
  await client.query(`UPDATE findings SET changed_at = now() + interval '1 second'`);
  expect(await storage.playbookRuns.isExcepted(run?.id ?? '')).toBe(false);
  await client.query(
    `UPDATE playbook_runs SET started_at = now() - interval '2 hours', due_at = now() + interval '1 day', state = 'waiting'`,
  );
  expect(await storage.playbookRuns.isExcepted(run?.id ?? '')).toBe(true);
  await storage.playbookLeases.wake();
  expect(await storage.playbookLeases.due(10)).toEqual([run?.integrationId]);
});

test('the history counts what would have begun, and what would not', async () => {
  await found('plain');
  await found('attacked', { hours: 2 });
  await found('attacked', { hours: 1 });
  await found('long-ago', { hours: 30 });
  await found('allowed-before', { status: 'open' });
  await client.query(
    `UPDATE findings SET status = 'excepted', excepted_until = now() + interval '1 day' WHERE subject_key = 'allowed-before'`,
  );
  const allowed = await found('allowed-since');
  await client.query(`UPDATE findings SET status = 'excepted', excepted_until = now() + interval '1 day' WHERE id = $1`, [
    allowed,
  ]);
  await client.query(`INSERT INTO finding_events (finding_id, kind, at) VALUES ($1, 'excepted', now() + interval '1 minute')`, [
    allowed,
  ]);
  const ended = await found('no-more-allowed');
  await client.query(
    `INSERT INTO finding_events (finding_id, kind, at) VALUES ($1, 'exception_ended', now() + interval '8 days')`,
    [ended],
  );
  await found('last-year');
  await opened('last-year', '1 year');
  const history = await storage.playbookCandidates.history(DEFAULT_WORKSPACE_ID, QUERY, 30);
  expect(history.map(({ subjectKey }) => subjectKey).toSorted()).toEqual(['allowed-since', 'attacked', 'plain']);
  expect(await storage.playbookCandidates.counts(DEFAULT_WORKSPACE_ID, { ...QUERY, limit: 1 }, 30)).toEqual([
    { integrationId: INTEGRATION, findings: 7, late: 1, excepted: 2, openings: 3 },
  ]);
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
