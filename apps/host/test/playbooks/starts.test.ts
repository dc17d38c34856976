import { readPlaybook } from '@castellan/playbooks';
import type { Storage } from '@castellan/storage';
import { migratedDatabase } from '@castellan/storage/testing';
import type { AuditTrail } from '../../src/audit/audit-trail.js';
import type { PlaybookBook } from '../../src/playbooks/playbook-book.js';
import { PlaybookStarts } from '../../src/playbooks/playbook-starts.js';
import type { RunEnds } from '../../src/playbooks/run-ends.js';
import { loadStorage } from '../loaded-once.js';

const { DEFAULT_WORKSPACE_ID: WORKSPACE, keyFromText, openStorage } = await loadStorage();

// Of many that might begin, which do: with the tables, and with nobody who drives what has begun.
const INTEGRATION = '00000000-0000-4000-8000-0000000000f1';
const ENABLER = { kind: 'api_key', id: '00000000-0000-4000-8000-0000000000f2', name: 'Deploys' } as const;
const MAKER = '00000000-0000-4000-8000-0000000000f3';
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const TEXT = `
id: some
version: 1
title: Some
summary: Something.
trigger: { findings: [some-check], severity: low, subject: account, when: { isKnown: true }, most-a-day: 3 }
deadline: 1d
steps:
  - { id: tell, title: Tell, notify: Look. }
end: { done: Done. }
`;
let storage: Storage;
let starts: PlaybookStarts;
let tried: number;
const run = (sql: string) => storage.queries.query<{ readonly key: string }>(sql);

beforeAll(async () => {
  const url = await migratedDatabase(process.env['CASTELLAN_TEST_POSTGRES']);
  storage = await openStorage({ url, dataDir: '', key: keyFromText('5a'.repeat(32)), logger: silent, poolSize: 2 });
  await run(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, next_run_at) VALUES ('${INTEGRATION}', '${WORKSPACE}', 'acme', 'Acme', '{}', now())`,
  );
  await run(
    `INSERT INTO accounts (integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at, status)
     SELECT '${INTEGRATION}', 'known-' || n, 's', 1, sha256('x'), now(), now(), now(), now(), 'active' FROM generate_series(1, 9) n`,
  );
  await storage.playbookSettings.simulated(WORKSPACE, 'some', 1);
  await storage.playbookSettings.enable(WORKSPACE, 'some', 1, { ...ENABLER, userId: MAKER });
  await run(`UPDATE playbook_settings SET enabled_at = now() - interval '30 days'`);
  const read = readPlaybook({ name: 'some.yml', text: TEXT });
  if (!('playbook' in read)) throw new Error(read.problem.message);
  const our = { name: 'some.yml', text: TEXT, playbook: read.playbook };
  // Only what beginning asks of them.
  const book = { find: async () => our, findingsOf: async () => [{ source: 'posture', id: 'r-1', title: 'R' }] };
  const none = { comment: async () => undefined, byHost: async () => undefined };
  const counted = new Proxy(storage.playbookRuns, {
    get: (of, name) => {
      if (name === 'begin') tried += 1;
      const value: unknown = Reflect.get(of, name);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
  const withCount = new Proxy(storage, {
    get: (of, name) => {
      if (name === 'playbookRuns') return counted;
      const value: unknown = Reflect.get(of, name);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
  starts = new PlaybookStarts(
    withCount,
    // Of the rest of these nothing is asked here.
    book as unknown as PlaybookBook,
    none as unknown as RunEnds,
    none as unknown as AuditTrail,
    silent,
  );
}, 60_000);
afterAll(() => storage.close());
beforeEach(async () => {
  tried = 0;
  await run('TRUNCATE playbook_runs, findings CASCADE');
});

/** Of accounts `name-1` and so on, an hour each before the one before. */
const found = (name: string, from: number, to: number, hoursAgo = 0) =>
  run(
    `INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence, opened_at)
     SELECT '${WORKSPACE}', '${INTEGRATION}', 'posture', 'r-1', 'account', '${name}-' || n, sha256(('${name} ' || n || ' ' || ${hoursAgo})::bytea), 4,
       'open', '{}', now() - (n + ${hoursAgo * 1_000}) * interval '3.6 seconds' FROM generate_series(${from}, ${to}) n`,
  );
const begun = async () => (await starts.beginDue()).map(({ subject }) => subject.key);

test('no more is tried than may begin today, and nothing on a day that has its fill', async () => {
  await found('known', 1, 9);
  expect(await begun()).toEqual(['known-1', 'known-2', 'known-3']);
  expect(tried).toBe(3);
  expect(await begun()).toEqual([]);
  expect(tried).toBe(3);
  await run(`UPDATE playbook_runs SET started_at = now() - interval '25 hours' WHERE subject_key = 'known-2'`);
  expect(await begun()).toEqual(['known-4']);
});

test('a subject that was found twice begins once, and what it waits for is not tried', async () => {
  await found('known', 1, 1);
  await found('known', 1, 1, 1);
  expect(await begun()).toEqual(['known-1']);
  expect(await begun()).toEqual([]);
  expect(tried).toBe(1);
  await run(`UPDATE playbook_runs SET state = 'ended', ended_at = now(), due_at = NULL`);
  expect(await begun()).toEqual(['known-1']);
});

test('those of whose subject it is not so are in nobody’s way, however many they are', async () => {
  await found('stranger', 1, 5_500);
  await found('known', 1, 2, 10);
  const all: string[] = [];
  for (let tick = 0; tick < 4; tick += 1) all.push(...(await begun()));
  expect(all).toEqual(['known-1', 'known-2']);
  // What is found meanwhile is looked at first, wherever the rest is.
  await found('known', 3, 3);
  expect(await begun()).toEqual(['known-3']);
}, 30_000);

test('what it asks for is asked for by whoever has made the key that switched it on', async () => {
  await found('known', 1, 1);
  const [one] = await starts.beginDue();
  expect(one?.startedBy).toEqual({ kind: 'playbook', id: null, name: 'Playbook Some', userId: MAKER });
});
