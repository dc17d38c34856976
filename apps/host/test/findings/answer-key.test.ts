import { ALL_CHECKS } from '@castellan/posture';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';
import { ANSWER_KEY } from './key/answer-key.js';
import { plant } from './key/planted.js';
import { turnAround } from './key/turned-around.js';
import { UNDECIDABLE } from './key/undecidable.js';

const SETTINGS = 'policies authenticators networkZones apiTokens logStreams threatInsights orgs appGrants';
const SCOPES = [...DEFAULT_SCOPES, ...SETTINGS.split(' ').map((area) => `okta.${area}.read`)];
const SIZE = { users: 150, groups: 80, memberships: 900, apps: 40, events: 1_500, seed: 3 };
/** By a check: of whom nothing to find can be made in an organisation that was read a moment ago, and why. */
const NOBODY: Readonly<Record<string, string>> = {
  'log-without-recent-events': 'each change of the simulated organisation is an event of this minute',
};

/** By a check: what Okta does not say of each that it looks at, so that it does not pass even when it names nobody. */
const UNTOLD: Readonly<Record<string, { readonly about: string; readonly count: number; readonly because: string }>> = {
  'application-rule-without-second-factor': {
    about: 'policy_rule.mfaRequired',
    count: 1,
    because: 'A chain of methods has no word for whether it is two factors.',
  },
};

interface Result {
  readonly check: string;
  readonly status: string;
  readonly reasons: readonly { readonly code: string; readonly about: string }[];
}

/** What the host has said of the organisation, and what it must say, at one time. */
interface Look {
  readonly results: ReadonlyMap<string, Result>;
  readonly named: ReadonlyMap<string, readonly string[]>;
  readonly expected: ReadonlyMap<string, readonly string[]>;
}

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let before: Look;
let after: Look;

beforeAll(async () => {
  simulator = await startSimulator({ ...SIZE, grantedScopes: SCOPES });
  plant(simulator.org);
  host = await TestHost.start(settingsFor(folder));
  const more = { posture: true, eachAccount: true, secretAges: true, activityDays: 90 };
  const { id } = await host.api.synced({ ...simulator.config, ...more });
  const firstRead = Date.now();
  before = await lookedAt(firstRead);
  turnAround(simulator.org);
  expect((await host.api.syncAgain(id)).state).toBe('complete');
  after = await lookedAt(firstRead);
}, 120_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

/** Waits for the look that has seen the run before it. */
async function lookedAt(firstRead: number): Promise<Look> {
  await until(async () => {
    const [look] = await host.query(
      'SELECT max(e.evaluated_at) > max(r.finished_at) AS "isOver" FROM sync_runs r LEFT JOIN posture_evaluations e ON true',
    );
    return look?.['isOver'] === true;
  }, 60_000);
  // Rows of these columns.
  const results = (await host.query('SELECT "check", status, reasons FROM check_results')) as unknown as readonly Result[];
  const rows = await host.query(
    `SELECT rule, array_agg(subject_key) AS keys FROM findings WHERE status <> 'resolved' GROUP BY rule`,
  );
  const expected = Object.entries(ANSWER_KEY).map(
    ([check, key]) => [check, [...key(simulator.org, Date.now(), firstRead)].toSorted()] as const,
  );
  return {
    results: new Map(results.map((row) => [row.check, row])),
    // An array of text.
    named: new Map(rows.map(({ rule, keys }) => [String(rule), (keys as string[]).toSorted()])),
    expected: new Map(expected),
  };
}

test('every check has its answer, or a reason why the provider gives it none', () => {
  const answered = [...Object.keys(ANSWER_KEY), ...Object.keys(UNDECIDABLE)];
  expect(answered.toSorted()).toEqual(ALL_CHECKS.map(({ id }) => id).toSorted());
});

test('every check that has an answer has somebody to name, at one of the two times', () => {
  const idle = Object.keys(ANSWER_KEY).filter((check) =>
    [before, after].every(({ expected }) => expected.get(check)?.length === 0),
  );
  expect(idle.toSorted()).toEqual(Object.keys(NOBODY).toSorted());
});

test.each(Object.entries(UNDECIDABLE))('%s is unknown, and says why', (check, { code, about }) => {
  for (const { results, named } of [before, after]) {
    expect(results.get(check)).toMatchObject({ status: 'unknown', reasons: [{ code, about }] });
    expect(named.get(check)).toBeUndefined();
  }
});

test.each(Object.keys(ANSWER_KEY))('%s names exactly whom the answer key names', (check) => {
  for (const [when, look] of Object.entries({ before, after })) {
    const [found = [], expected = []] = [look.named.get(check), look.expected.get(check)];
    const missing = expected.filter((one) => !found.includes(one));
    const extra = found.filter((one) => !expected.includes(one));
    expect({ when, missing, extra }).toEqual({ when, missing: [], extra: [] });
    expect(found).toEqual(expected);
    const { about, count } = UNTOLD[check] ?? {};
    const reasons = about === undefined ? [] : [{ code: 'not_said', about, count }];
    const passed = reasons.length === 0 ? 'passed' : 'unknown';
    expect(look.results.get(check)).toEqual({ check, status: expected.length > 0 ? 'failed' : passed, reasons });
  }
});
