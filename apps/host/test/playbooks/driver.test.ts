import { ConnectorError, RateLimitError, TransientError, UpstreamError } from '@castellan/connector-sdk';
import type { PlaybookRun } from '@castellan/storage';
import { connectorProblem } from '../../src/problems/connector-problem.js';
import { DrivenRuns } from './driven-runs.js';

// How runs are driven: the rows are real, the provider is played.
let runs: DrivenRuns;
beforeAll(async () => {
  runs = await DrivenRuns.start();
}, 60_000);
afterAll(() => runs.close());
beforeEach(() => {
  runs.plan = () => undefined;
  runs.connectorIsMissing = false;
  runs.planned = 0;
});

const SESSIONS = '  - { id: end, title: End, action: clear-sessions }\n';
const RESET = '  - { id: reset, title: Reset, action: reset-factors }\n';
const REQUIRED = '  - { id: reset, title: Reset, action: reset-factors, required: true, refused: no }\n';
const FACTORS =
  '  - { id: take, title: Take, action: remove-factor, on: authenticators, most: 100, required: true, refused: no }\n';
const ASK = '  - { id: ask, title: Ask, approval: Shall it?, within: 1h, declined: no, late: late }\n';
const WAIT = '  - { id: back, title: Wait, wait: { event: [sign_in] }, within: 1d }\n';
const GONE = '  - { id: gone, title: Wait, wait: finding-resolved, within: 1d, late: late }\n';
const ENDS = 'end:\n  done: All is done.\n';
const NO = '  no: It is not wanted.\n';
const LATE = '  late: It is too late.\n';
const transient = (): never => {
  throw connectorProblem(new TransientError({ message: 'It does not answer.' }));
};
const itemsOf = ({ log }: PlaybookRun, step: string) => log.find((entry) => entry.step === step)?.items ?? [];
const statesOf = (run: PlaybookRun, step: string) => itemsOf(run, step).map(({ state }) => state);
/** The time is over for what waits in a step. */
const late = ({ id }: PlaybookRun, step: string, at = `now() - interval '1 second'`) =>
  runs.query(`UPDATE playbook_runs SET log = (SELECT jsonb_agg(CASE WHEN s ->> 'step' = '${step}' THEN jsonb_set(s, '{dueAt}',
    to_jsonb(to_char((${at}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) ELSE s END ORDER BY n) FROM jsonb_array_elements(log) WITH ORDINALITY AS e (s, n)) WHERE id = '${id}'`);
const auditOf = async (action: string, run: PlaybookRun): Promise<number> =>
  (await runs.query(`SELECT 1 FROM audit_log WHERE action = '${action}' AND after ->> 'run' = '${run.id}'`)).length;

test('while it waits for an event it shows what a person can do: by hand, and an agreement', async () => {
  const begun = await runs.begin(`${RESET}${WAIT}${ENDS}`);
  expect(await runs.drive(begun)).toMatchObject({ state: 'waiting', waitsFor: 'agreement', step: 'back' });
  runs.plan = () => {
    throw connectorProblem(new UpstreamError({ message: 'It makes no sense.' }));
  };
  const other = await runs.drive(await runs.begin(`${SESSIONS}${WAIT}${ENDS}`));
  // Of what is broken at the provider nothing is tried again.
  expect(other).toMatchObject({ state: 'waiting', waitsFor: 'hand', step: 'back' });
  await runs.answer(other, 'end', 'ticked', itemsOf(other, 'end')[0]?.id);
  expect(await runs.drive(other)).toMatchObject({ state: 'running', waitsFor: 'event', step: 'back' });
});

test('what nobody wants is not done: the step says so, and a required one goes where the playbook says', async () => {
  const begun = await runs.drive(await runs.begin(`${REQUIRED}${WAIT}${ENDS}${NO}`));
  expect(begun).toMatchObject({ waitsFor: 'agreement', step: 'reset' });
  await runs.decide(begun, 'rejected');
  const over = await runs.drive(begun);
  expect(over).toMatchObject({ state: 'ended', endedAs: 'no', log: [{ state: 'not_done', items: [{ state: 'not_done' }] }] });
  expect(await runs.comment(over)).toBe('Playbook "Some" is over (no). It is not wanted. Not done: Reset (1 of 1).');
});

test('of what was done in part the comment says how much was not', async () => {
  await runs.factors('partly', 3);
  const begun = await runs.drive(await runs.begin(`${FACTORS}${ENDS}${NO}`, { key: 'partly' }));
  await runs.decide(begun, 'rejected', 1);
  await runs.decide(begun, 'approved');
  await runs.verifyAll();
  const over = await runs.drive(begun);
  expect(over).toMatchObject({ state: 'ended', endedAs: 'done', log: [{ state: 'partly' }] });
  expect(await runs.comment(over)).toContain('All is done. Not done: Take (1 of 3).');
});

test('a provider that does not answer is asked once a look, and holds up only what is required', async () => {
  await runs.factors('slow', 5);
  runs.plan = transient;
  const begun = await runs.drive(await runs.begin(`${FACTORS}${ENDS}${NO}`, { key: 'slow' }));
  expect(begun).toMatchObject({ step: 'take', waitsFor: 'action' });
  expect([runs.planned, statesOf(begun, 'take')]).toEqual([1, Array.from({ length: 5 }, () => 'open')]);
  const other = await runs.drive(await runs.begin(`${SESSIONS}${RESET}${WAIT}${ENDS}`));
  expect(other).toMatchObject({ step: 'back', log: [{ state: 'open' }, { state: 'open' }, { state: 'open' }] });
  expect(runs.planned).toBe(2);
});

test('what could not be asked for 15 minutes is done by hand, and what comes in time is asked for', async () => {
  runs.plan = transient;
  const [one, other] = [
    await runs.drive(await runs.begin(`${SESSIONS}${ENDS}`)),
    await runs.drive(await runs.begin(`${SESSIONS}${ENDS}`)),
  ];
  const earlier = (minutes: number) =>
    runs.query(`UPDATE playbook_runs SET log = jsonb_set(log, '{0,items,0,troubledSince}', to_jsonb(to_char((now() - interval '${minutes} minutes') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      WHERE id IN ('${one.id}', '${other.id}')`);
  await earlier(14);
  expect(statesOf(await runs.drive(one), 'end')).toEqual(['open']);
  await earlier(16);
  expect(await runs.drive(one)).toMatchObject({
    waitsFor: 'hand',
    log: [{ items: [{ state: 'by_hand', message: expect.stringContaining('15 minutes. It does not answer.') }] }],
  });
  runs.plan = () => undefined;
  expect(statesOf(await runs.drive(other), 'end')).toEqual(['requested']);
});

test('a rate limit passes, too; what the host breaks off is neither done nor left to a person', async () => {
  runs.plan = () => {
    throw connectorProblem(new RateLimitError({ message: 'Too much.', retryAt: new Date() }));
  };
  expect(statesOf(await runs.drive(await runs.begin(`${SESSIONS}${ENDS}`)), 'end')).toEqual(['open']);
  const ending = new AbortController();
  runs.plan = (_action, _input, lost) =>
    new Promise((_resolve, reject) => {
      lost?.addEventListener('abort', () => reject(connectorProblem(ConnectorError.from(lost.reason))));
      setTimeout(() => ending.abort(), 20);
    });
  const broken = await runs.begin(`${SESSIONS}${ENDS}`);
  expect(statesOf(await runs.drive(broken, ending.signal), 'end')).toEqual(['open']);
  // The next host begins with it at once.
  expect(await runs.query(`SELECT due_at <= now() AS due, lease_until FROM playbook_runs WHERE id = '${broken.id}'`)).toEqual([
    { due: true, lease_until: null },
  ]);
});

test('what another run has asked for is its own: when that is stopped, this one asks itself', async () => {
  const first = await runs.drive(await runs.begin(`${RESET}${ENDS}`, { key: 'both' }));
  const second = await runs.drive(await runs.beginOf(first.definition as never, first.findingId, 'both'));
  const [request] = itemsOf(first, 'reset').map(({ requestId }) => requestId);
  expect(itemsOf(second, 'reset')).toMatchObject([{ state: 'requested', requestId: request }]);
  await runs.stop(first);
  expect(await auditOf('action.withdraw', first)).toBe(1);
  const again = await runs.drive(second);
  expect(again).toMatchObject({ state: 'waiting', waitsFor: 'agreement', log: [{ items: [{ state: 'requested' }] }] });
  expect(itemsOf(again, 'reset')[0]?.requestId).not.toBe(request);
  // And it does not withdraw what is of another run.
  const third = await runs.drive(await runs.beginOf(first.definition as never, first.findingId, 'third'));
  await runs.stop(third);
  expect(await runs.drive(again)).toMatchObject({ waitsFor: 'agreement' });
});

test('at the deadline it is given up with what waits for people, also without its connector', async () => {
  const begun = await runs.drive(await runs.begin(`${RESET}${ENDS}`));
  runs.connectorIsMissing = true;
  expect(await runs.drive(begun)).toMatchObject({ state: 'waiting', waitsFor: 'agreement' });
  await runs.query(`UPDATE playbook_runs SET deadline_at = now() - interval '1 second' WHERE id = '${begun.id}'`);
  expect(await runs.drive(begun)).toMatchObject({ state: 'expired' });
  expect(await runs.query(`SELECT state FROM action_requests WHERE id = '${itemsOf(begun, 'reset')[0]?.requestId}'`)).toEqual([
    { state: 'withdrawn' },
  ]);
  expect(await auditOf('action.withdraw', begun)).toBe(1);
});

test('what nobody has agreed to in time is withdrawn by who keeps proposals, and is not done then', async () => {
  const begun = await runs.drive(await runs.begin(`${REQUIRED}${ENDS}${NO}`));
  await runs.query(`UPDATE action_requests SET created_at = now() - interval '24 hours' WHERE state = 'proposed'`);
  // By whichever clock: until it is withdrawn it is not called so.
  expect(await runs.drive(begun)).toMatchObject({ waitsFor: 'agreement' });
  await runs.storage.actionRetention.expire(100);
  expect(await runs.drive(begun)).toMatchObject({
    endedAs: 'no',
    log: [{ items: [{ state: 'not_done', message: 'Nobody has agreed to it within 24 hours.' }] }],
  });
});

test('an answer that was taken counts, however late it is read; what is late is not answered', async () => {
  const begun = await runs.drive(await runs.begin(`${ASK}${ENDS}${NO}${LATE}`));
  expect(begun).toMatchObject({ state: 'waiting', waitsFor: 'approval' });
  // Whoever drives it has read the answers before.
  const during = runs.storage.playbookLeases.during.bind(runs.storage.playbookLeases);
  runs.storage.playbookLeases.during = async (run, work) => {
    runs.storage.playbookLeases.during = during;
    expect(await runs.answer(begun, 'ask', 'approved')).toBe(true);
    return during(run, work);
  };
  await late(begun, 'ask');
  expect(await runs.drive(begun)).toMatchObject({ state: 'ended', endedAs: 'done', log: [{ state: 'approved' }] });
  const other = await runs.drive(await runs.begin(`${ASK}${WAIT}${ENDS}${NO}  late: It is too late.\n`));
  await late(other, 'ask');
  expect(await runs.drive(other)).toMatchObject({ endedAs: 'late' });
  expect(await runs.answer(other, 'ask', 'approved')).toBe(false);
});

test('too many: nothing is done, a person is asked, and nothing goes on before', async () => {
  await runs.factors('many', 101);
  const begun = await runs.drive(await runs.begin(`${FACTORS}${ENDS}${NO}`, { key: 'many' }));
  expect(begun).toMatchObject({
    step: 'take',
    waitsFor: 'hand',
    log: [{ items: [{ id: 'too-many', message: expect.stringContaining('there are 101') }] }],
  });
  expect(runs.planned).toBe(0);
  expect(await runs.answer(begun, 'take', 'ticked', 'too-many')).toBe(true);
  expect(await runs.drive(begun)).toMatchObject({ state: 'ended', endedAs: 'done' });
});

test('a long list is written down a few times, and whoever takes over asks for nothing twice', async () => {
  await runs.factors('long', 60);
  let written = 0;
  const during = runs.storage.playbookLeases.during.bind(runs.storage.playbookLeases);
  runs.storage.playbookLeases.during = (run, work) => ((written += 1), during(run, work));
  runs.plan = () => {
    // Killed after 40.
    if (runs.planned > 40) throw new Error('planted');
  };
  const begun = await runs.drive(await runs.begin(`${FACTORS}${ENDS}${NO}`, { key: 'long' }));
  expect([statesOf(begun, 'take').filter((state) => state === 'requested').length, written]).toEqual([25, 2]);
  runs.plan = () => undefined;
  const whole = await runs.drive(begun);
  runs.storage.playbookLeases.during = during;
  expect(statesOf(whole, 'take').every((state) => state === 'requested')).toBe(true);
  // One was being planned.
  expect(runs.planned).toBe(61);
  const made = await runs.query(`SELECT 1 FROM action_requests WHERE wish LIKE 'playbook ${begun.id} %'`);
  expect(made).toHaveLength(60);
  // What was asked for and not written down is withdrawn, too.
  await runs.query(`UPDATE playbook_runs SET log = '[]' WHERE id = '${begun.id}'`);
  await runs.stop(begun);
  expect(await auditOf('action.withdraw', begun)).toBe(60);
});

test('a wait for an event is over when the log was read behind its end, and not before', async () => {
  const begun = await runs.drive(
    await runs.begin(`  - { id: back, title: Wait, wait: { event: [sign_in] }, within: 1d, late: late }\n${ENDS}${LATE}`),
  );
  expect(begun).toMatchObject({ state: 'running', waitsFor: 'event' });
  await late(begun, 'back', `now() - interval '2 minutes'`);
  const readFrom = (at: string) =>
    runs.query(`INSERT INTO stream_state (integration_id, stream, kind, semantics, generation, status, complete_began_at, fresh_at, updated_at) VALUES ('${runs.integrationId}', 'log', 'activity', 'changes', 1, 'complete', ${at}, now(), now())
    ON CONFLICT (integration_id, stream) DO UPDATE SET complete_began_at = excluded.complete_began_at`);
  // The pass has ended since, and began before: what came in between may not be in it; nor what the provider has written down later.
  for (const at of [`now() - interval '3 minutes'`, 'now()']) {
    await readFrom(at);
    expect(await runs.drive(begun)).toMatchObject({
      step: 'back',
      log: [{ state: 'open', message: expect.stringContaining('not read to its end') }],
    });
  }
  await readFrom(`now() + interval '4 minutes'`);
  expect(await runs.drive(begun)).toMatchObject({ endedAs: 'late' });
});

test('a finding of a check is there still only when the checks have looked since', async () => {
  const begun = await runs.drive(await runs.begin(`${GONE}${ENDS}${LATE}`));
  await late(begun, 'gone');
  const lookedAt = (at: string) =>
    runs.query(`INSERT INTO posture_evaluations (integration_id, evaluated_at, complete_at, runs) VALUES ('${runs.integrationId}', ${at}, ${at}, '{}')
    ON CONFLICT (integration_id) DO UPDATE SET evaluated_at = excluded.evaluated_at`);
  await lookedAt(`now() - interval '1 minute'`);
  expect(await runs.drive(begun)).toMatchObject({
    log: [{ state: 'open', message: expect.stringContaining('nobody has looked') }],
  });
  const asked = await runs.query(
    `SELECT asked_at IS NOT NULL AS asked FROM posture_evaluations WHERE integration_id = '${runs.integrationId}'`,
  );
  expect(asked).toEqual([{ asked: true }]);
  await lookedAt('now()');
  expect(await runs.drive(begun)).toMatchObject({ endedAs: 'late', log: [{ state: 'late', message: null }] });
});

test('what has not changed is not written', async () => {
  const begun = await runs.drive(await runs.begin(`${RESET}${WAIT}${ENDS}`));
  const during = runs.storage.playbookLeases.during.bind(runs.storage.playbookLeases);
  let written = 0;
  runs.storage.playbookLeases.during = (run, work) => ((written += 1), during(run, work));
  await runs.drive(begun);
  runs.storage.playbookLeases.during = during;
  expect(written).toBe(0);
});

test('an integration that is deleted takes its runs with it, quietly', async () => {
  const begun = await runs.drive(await runs.begin(`${RESET}${ENDS}`));
  await runs.query(`UPDATE integrations SET workspace_id = workspace_id WHERE id = '${runs.integrationId}'`);
  runs.plan = async () => {
    await runs.query(`DELETE FROM integrations WHERE id = '${runs.integrationId}'`);
  };
  const last = await runs.begin(`${SESSIONS}${ENDS}`);
  expect(await runs.drive(last)).toMatchObject({ state: 'running', log: [{ items: [{ state: 'open', requestId: null }] }] });
  expect(await runs.drive(begun)).toMatchObject({ waitsFor: null });
});
