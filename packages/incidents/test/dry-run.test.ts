import type { SourceRecord } from '@castellan/connector-sdk';
import { networksOf } from '@castellan/detection';
import { DEFAULT_WORKSPACE_ID, StatementEndedError } from '@castellan/storage';
import { dryRun, type DryRunLimits, type Lists } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { someEvents } from './fixtures/events.js';
import { openLog } from './fixtures/log.js';
import { RULES } from './fixtures/rules.js';

const LISTS: Lists = { ownNetworks: networksOf([]), threats: networksOf([]), breakGlass: new Set(), placeholders: {} };
const FAR: DryRunLimits = { events: 200_000, ms: 600_000, kept: 1_000_000 };

let database: OpenedDatabase;
let integration: { readonly id: string; readonly name: string; readonly product: string };
let events: readonly SourceRecord<'activity'>[];
beforeAll(async () => {
  database = await openDatabase();
  events = someEvents(240, 1);
  integration = { id: await newIntegration(database.storage), name: 'Directory', product: 'acme' };
  const log = await openLog(database.storage, integration.id);
  for (let from = 0; from < events.length; from += 100) await log.write(events.slice(from, from + 100));
  await log.end();
});
afterAll(() => database.close());

const question = () => ({
  workspaceId: DEFAULT_WORKSPACE_ID,
  content: RULES.text,
  days: 1,
  integrations: [integration],
  lists: LISTS,
});

test('of too many events the latest are looked at, and it says since when', async () => {
  const view = await dryRun(database.storage.queries, question(), { ...FAR, events: 60 });
  const times = events.map(({ data }) => data.published).toSorted();
  const from = times.at(-60) ?? '';
  expect([view.isCut, view.events]).toEqual([true, times.filter((at) => at >= from).length]);
  expect(view.from <= from).toBe(true);
  expect(view.matches.every(({ at }) => at >= from)).toBe(true);
  expect((await dryRun(database.storage.queries, question(), { ...FAR, events: 240 })).isCut).toBe(false);
});

test('where time is over it ends, and says so', async () => {
  const view = await dryRun(database.storage.queries, question(), { ...FAR, ms: 0 });
  expect([view.isCut, view.events, view.matches]).toEqual([true, 0, []]);
});

test('it ends when nobody waits for it any more', async () => {
  const gone = new AbortController();
  const running = database.storage.bounded({ mostMs: 60_000, unwanted: gone.signal }, () =>
    dryRun(database.storage.queries, question(), FAR),
  );
  setTimeout(() => gone.abort(), 1);
  await expect(running).rejects.toThrow(StatementEndedError);
});

test('what was missed is found, too: up to when the log has been read', async () => {
  const view = await dryRun(database.storage.queries, question(), FAR);
  expect(view.rules.find(({ id }) => id === 'not_enrolled')?.hits).toBeGreaterThan(0);
  expect(view.rules.every(({ id, hits }) => hits > 0 || id === 'right')).toBe(true);
});

test('rules of another product are tried on nothing', async () => {
  const elsewhere = { ...question(), integrations: [{ ...integration, product: 'globex' }] };
  const view = await dryRun(database.storage.queries, elsewhere, FAR);
  expect(view.rules.map(({ hits }) => hits)).toEqual(view.rules.map(() => 0));
  // A correlation about one of them is one of them.
  expect(view.elsewhere.products).toEqual(['acme']);
  expect(view.elsewhere.rules).toBeGreaterThan(view.rules.length);
  expect((await dryRun(database.storage.queries, question(), FAR)).elsewhere).toEqual({ rules: 0, products: [] });
});

test.each([
  ['own.yml', 'own.yml'],
  [' own.yml ', 'own.yml'],
  [undefined, 'content'],
  [' ', 'content'],
])('what is wrong with a file called %j is told of %s', async (name, told) => {
  const twice = 'title: a\nlogsource: {}\ndetection: { s: { a: 1 }, condition: s }\n';
  const view = await dryRun(database.storage.queries, { ...question(), content: `${twice}---\n${twice}`, name }, FAR);
  expect(view.problems).toEqual([
    { file: told, line: 5, ruleLine: 5, message: expect.stringContaining(`"a" is "a" already (${told}, line 1)`) },
  ]);
});

/** That of an event half an hour before something holds: the event is asked for when it does. */
const MISSED_THEN_USED = `${RULES.text}---
title: Not enrolled again, and an application was used
name: used_without
correlation: { type: temporal_ordered, rules: [not_enrolled, used], group-by: [actor.id], timespan: 2h }
level: high
`;

test('the same is found with few events in memory: those of before are read from the log', async () => {
  const asked = { ...question(), content: MISSED_THEN_USED };
  const whole = await dryRun(database.storage.queries, asked, FAR);
  expect(whole.rules.find(({ id }) => id === 'used_without')?.hits).toBeGreaterThan(0);
  expect(await dryRun(database.storage.queries, asked, { ...FAR, kept: 20 })).toEqual({ ...whole, from: expect.any(String) });
});
