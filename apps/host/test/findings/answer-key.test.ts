import { ALL_CHECKS } from '@castellan/posture';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';
import { ANSWER_KEY } from './key/answer-key.js';
import { UNDECIDABLE } from './key/undecidable.js';

const SETTINGS = 'policies authenticators networkZones apiTokens logStreams threatInsights orgs appGrants';
const SCOPES = [...DEFAULT_SCOPES, ...SETTINGS.split(' ').map((area) => `okta.${area}.read`)];

interface Result {
  readonly check: string;
  readonly status: string;
  readonly reasons: readonly { readonly code: string; readonly about: string }[];
}

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let firstRead: number;
let results: ReadonlyMap<string, Result>;
let named: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  simulator = await startSimulator({ users: 200, groups: 60, apps: 40, events: 2_000, seed: 3, grantedScopes: SCOPES });
  host = await TestHost.start(settingsFor(folder));
  const config = { ...simulator.config, posture: true, eachAccount: true, secretAges: true, activityDays: 90 };
  const { id } = await host.api.synced(config);
  firstRead = Date.now();
  expect((await host.api.syncAgain(id)).state).toBe('complete');
  const [ended] = await host.query('SELECT max(finished_at) AS at FROM sync_runs');
  // Not the look after the first run: the one that has seen what came after it.
  await until(async () => {
    const [look] = await host.query('SELECT evaluated_at AS at FROM posture_evaluations');
    return Number(look?.['at']) > Number(ended?.['at']);
  }, 40_000);
  results = new Map(
    // Rows of these columns.
    ((await host.query('SELECT "check", status, reasons FROM check_results')) as unknown as Result[]).map((row) => [row.check, row]),
  );
  named = await openFindings();
}, 120_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

async function openFindings(): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await host.query(`SELECT rule, array_agg(subject_key) AS keys FROM findings WHERE status <> 'resolved' GROUP BY rule`);
  // An array of text.
  return new Map(rows.map(({ rule, keys }) => [String(rule), (keys as string[]).toSorted()]));
}

test('every check has its answer, or a reason why the provider gives it none', () => {
  const answered = [...Object.keys(ANSWER_KEY), ...Object.keys(UNDECIDABLE)];
  expect(answered.toSorted()).toEqual(ALL_CHECKS.map(({ id }) => id).toSorted());
});

test.each(Object.entries(UNDECIDABLE))('%s is unknown, and says why', (check, { code, about }) => {
  expect(results.get(check)).toMatchObject({ status: 'unknown', reasons: [{ code, about }] });
  expect(named.get(check)).toBeUndefined();
});

test.each(Object.entries(ANSWER_KEY))('%s names exactly whom the answer key names', (check, key) => {
  const expected = [...key(simulator.org, Date.now(), firstRead)].toSorted();
  expect(results.get(check)).toEqual({ check, status: expected.length > 0 ? 'failed' : 'passed', reasons: [] });
  const found = named.get(check) ?? [];
  const missing = expected.filter((one) => !found.includes(one));
  const extra = found.filter((one) => !expected.includes(one));
  expect({ missing, extra }).toEqual({ missing: [], extra: [] });
  expect(found).toEqual(expected);
});
