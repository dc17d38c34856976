import type { DryRunView, RuleCheckView, ProblemBody } from '@castellan/api';
import { ownWorkspace } from '../access/organisation.js';
import { settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { seedOrganisation, type WrittenEvent, writeEvents } from './written-log.js';

const [DIRECTORY, BRANCH, FOREIGN] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-0000000000e${n}`) as [
  string,
  string,
  string,
]; // of three
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const RULES = `title: A password was wrong
id: wrong
logsource: {}
detection:
  s: { eventType: sign_in, outcome.result: FAILURE }
  condition: s
level: low
---
title: Many passwords were wrong
id: many
correlation: { type: event_count, rules: [wrong], group-by: [actor.id], timespan: 10m, condition: { gte: 3 }, generate: true }
level: high
---
title: Not from the office
logsource: {}
filter:
  rules: [wrong]
  office: { client.ipAddress: 192.0.2.9 }
  condition: office
---
title: Somebody did what nobody does
id: never
logsource: {}
detection: { s: { eventType: never }, condition: s }
`;

const folder = temporaryFolder();
let host: TestHost;
let stranger: Person & { readonly workspaceId: string };
let logs: Readonly<Record<string, readonly WrittenEvent[]>>;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  stranger = await otherWorkspace(host, 'globex');
  const mine = await ownWorkspace(host);
  await seedOrganisation(host, mine, DIRECTORY, 'Directory');
  await seedOrganisation(host, mine, BRANCH, 'Branch');
  await seedOrganisation(host, stranger.workspaceId, FOREIGN, 'Foreign');
  logs = { [DIRECTORY]: someEvents(1_300, 1), [BRANCH]: someEvents(700, 2), [FOREIGN]: someEvents(50, 3) };
  for (const [id, events] of Object.entries(logs)) await writeEvents(host, id, events, false);
}, 60_000);
afterAll(() => host.close());

const run = (body: object, api = host.api) => api.post<DryRunView & ProblemBody>('/detection/dry-run', body);

/** Five days, in no order, no two at the same moment. */
function someEvents(count: number, seed: number): readonly WrittenEvent[] {
  let x = seed;
  const below = (most: number): number => {
    x = (x * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((x / 2_147_483_648) * most);
  };
  const now = Date.now();
  return Array.from({ length: count }, (_, n) => ({
    key: `${seed}-${n}`,
    at: now - MINUTE - below((5 * DAY) / 4_000) * 4_000 - (n % 4_000),
    type: ['sign_in', 'sign_in', 'used'][below(3)] ?? '',
    actor: `account-${below(6)}`,
    address: `192.0.2.${below(10)}`,
    result: below(3) === 0 ? 'SUCCESS' : 'FAILURE',
  }));
}

interface Episode {
  readonly rule: string;
  readonly integration: string;
  readonly at: string;
  readonly events: readonly string[];
  readonly actor: string;
}

/** What the rules say, in the plainest words: windows of each event of an actor, and those that share an event are one. */
function evaluated(integration: string, days: number): readonly Episode[] {
  const since = Date.now() - days * DAY;
  const wrong = (logs[integration] ?? []).filter(
    ({ at, type, result, address }) => at >= since && type === 'sign_in' && result === 'FAILURE' && address !== '192.0.2.9',
  );
  const episodes: Episode[] = [];
  for (const [rule, span, least] of [
    ['wrong', 60 * MINUTE, 1],
    ['many', 10 * MINUTE, 3],
  ] as const)
    for (const actor of new Set(wrong.map((event) => event.actor ?? ''))) {
      const own = wrong.filter((event) => event.actor === actor).toSorted((one, other) => one.at - other.at);
      let story: WrittenEvent[] = [];
      const end = (): void => {
        const [first] = story;
        if (first !== undefined)
          episodes.push({
            rule,
            integration,
            at: new Date(first.at).toISOString(),
            events: story.map(({ key }) => key),
            actor: `${actor}@acme.example`,
          });
        story = [];
      };
      for (const event of own) {
        const window = own.filter(({ at }) => at <= event.at && at > event.at - span);
        if (window.length < least) continue;
        if (!window.some((one) => story.includes(one))) end();
        story.push(...window.filter((one) => !story.includes(one)));
      }
      end();
    }
  return episodes.toSorted((one, other) => (one.at > other.at ? -1 : 1));
}

const shown = ({ matches }: DryRunView) =>
  matches.map(({ rule, integration, at, events, actor }) => ({
    rule: rule.id,
    integration: integration.id,
    at,
    events,
    actor,
  }));

/** Two rules may have found something at the same moment. */
const sorted = (episodes: readonly object[]): readonly string[] => episodes.map((one) => JSON.stringify(one)).toSorted();

function countsOf(episodes: readonly Episode[], rule: string): object {
  const days = episodes.filter((one) => one.rule === rule).map(({ at }) => at.slice(0, 10));
  return {
    hits: days.length,
    byDay: [...new Set(days)].toSorted().map((day) => ({ day, hits: days.filter((one) => one === day).length })),
  };
}

test.each([
  ['all integrations', [DIRECTORY, BRANCH], 5, {}],
  ['one of them', [BRANCH], 3, { integration: BRANCH }],
])('of %s, the same is found as by reading the log by hand', async (_what, of, days, more) => {
  const { status, body } = await run({ content: RULES, days, ...more });
  const expected = of.flatMap((id) => evaluated(id, days)).toSorted((one, other) => (one.at > other.at ? -1 : 1));
  expect([status, body.problems, body.isCut, body.elsewhere]).toEqual([200, [], false, { rules: 0, products: [] }]);
  const since = Date.now() - days * DAY;
  expect(body.events).toBe(of.flatMap((id) => logs[id] ?? []).filter(({ at }) => at >= since).length);
  expect(Math.abs(Date.parse(body.from) - since)).toBeLessThan(MINUTE);
  expect(countsOf(expected, 'many')).not.toMatchObject({ hits: 0 });
  expect(body.rules).toEqual([
    { id: 'wrong', title: 'A password was wrong', ...countsOf(expected, 'wrong') },
    { id: 'never', title: 'Somebody did what nobody does', hits: 0, byDay: [] },
    { id: 'many', title: 'Many passwords were wrong', ...countsOf(expected, 'many') },
  ]);
  expect(body.matches).toHaveLength(Math.min(100, expected.length));
  // Of those of one moment at the end of the list either may be shown.
  const last = body.matches.at(-1)?.at ?? '';
  expect(sorted(shown(body).filter(({ at }) => at > last))).toEqual(sorted(expected.filter(({ at }) => at > last)));
});

test('a group is told by its fields, and a level by its rule', async () => {
  const { body } = await run({ content: RULES, days: 5 });
  const many = body.matches.find(({ rule }) => rule.id === 'many');
  expect(many?.level).toBe('high');
  expect(`${String(many?.group['actor.id'])}@acme.example`).toBe(many?.actor);
  expect(body.matches.find(({ rule }) => rule.id === 'wrong')).toMatchObject({ level: 'low', group: {} });
});

test('it leaves nothing behind', async () => {
  const tables = ['findings', 'detection_hits', 'detection_groups', 'detection_histories', 'detection_progress', 'incidents'];
  for (const table of tables) expect([table, await host.query(`SELECT 1 FROM ${table}`)]).toEqual([table, []]);
});

test('mistakes are told by their line, and the other rules are tried all the same', async () => {
  const content = `${RULES}---\ntitle: Nothing\nlogsource: {}\n`;
  const { body } = await run({ content, days: 5 });
  const line = RULES.split('\n').length + 1;
  const problem = { file: 'content', line, ruleLine: line, message: expect.stringContaining('detection') };
  expect(body.problems).toEqual([problem]);
  expect((await run({ content, name: 'own.yml', days: 5 })).body.problems).toEqual([{ ...problem, file: 'own.yml' }]);
  expect(body.rules.find(({ id }) => id === 'many')?.hits).toBeGreaterThan(0);
});

test('what somebody has told of networks counts', async () => {
  const content = `title: Elsewhere
logsource: {}
detection:
  s: { eventType: used, x.ip.isKnown: false }
  condition: s
`;
  const seen = async () => {
    const { body } = await run({ content, days: 5, integration: BRANCH });
    return new Set(body.matches.flatMap(({ events }) => events));
  };
  const before = await seen();
  await host.api.ask('PUT', '/detection/lists/own_network/offices', { entries: ['192.0.2.0/29'] });
  const after = await seen();
  const byKey = new Map((logs[BRANCH] ?? []).map((event) => [event.key, event]));
  expect(before.size).toBeGreaterThan(after.size);
  expect([...after].map((key) => byKey.get(key)?.address).every((one) => ['192.0.2.8', '192.0.2.9'].includes(one ?? ''))).toBe(
    true,
  );
  await host.api.ask('DELETE', '/detection/lists/own_network/offices');
});

test.each<[object, number, string]>([
  [{ content: RULES }, 400, 'days'],
  [{ content: RULES, days: 0 }, 400, 'days'],
  [{ content: RULES, days: 91 }, 400, 'days'],
  [{ content: RULES, days: 1.5 }, 400, 'days'],
  [{ days: 3 }, 400, 'content'],
  [{ content: RULES, days: 3, name: 7 }, 400, 'name'],
  [{ content: RULES, days: 3, name: 'a\u0000' }, 400, 'name'],
  [{ content: RULES, days: 3, name: 'a'.repeat(101) }, 400, 'name'],
  [{ content: RULES, days: 3, integration: 'Directory' }, 404, 'integration'],
  [{ content: RULES, days: 3, integration: FOREIGN }, 404, 'integration'],
])('what cannot be tried is refused (%#)', async (body, status, field) => {
  const answer = await run(body);
  expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([status, field]);
});

test('only those may try rules who may upload them', async () => {
  const analyst = await person(host.api, 'analyst@castellan.test', 'analyst');
  expect((await run({ content: RULES, days: 1 }, analyst.api)).status).toBe(403);
});

test('what is wrong with a text is said with its lines, without a log, as often as somebody types', async () => {
  const check = (content: unknown) => host.api.post<RuleCheckView & ProblemBody>('/detection/rule-files/check', { content });
  const good = 'title: Good\nlogsource: { product: acme }\ndetection: { s: { eventType: used }, condition: s }\n';
  const all = await check(
    `${good}---\ntitle: Bad\nlogsource: { product: acme }\ndetection:\n  s:\n    eventType|like: used\n  condition: s\n`,
  );
  expect([all.status, all.body.rules, all.body.filters]).toEqual([200, 1, 0]);
  expect(all.body.problems).toMatchObject([{ file: 'content', line: 9, message: expect.stringContaining('like') }]);
  expect(all.body.notes).toEqual([]);
  expect((await check(' ')).status).toBe(400);
  // What may be meant so is no mistake.
  const slip = await check('title: Odd\nlogsource: { product: okta }\ndetection: { s: { evenType: used }, condition: s }\n');
  expect(slip.body).toEqual({
    problems: [],
    notes: [
      {
        file: 'content',
        line: 3,
        ruleLine: 1,
        message: 'detection.s.evenType: our rules know no field "evenType": is "eventType" meant?',
      },
    ],
    rules: 1,
    filters: 0,
  });
  // Far more often than a log is walked through.
  const answers = await Promise.all(Array.from({ length: 40 }, () => check(good)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.rules} ${body.problems.length}`))).toEqual(
    new Set(['200 1 0']),
  );
});
