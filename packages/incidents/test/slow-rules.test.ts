import { RulesTooSlow } from '@castellan/detection';
import { DEFAULT_WORKSPACE_ID, ruleSetting, saveRuleSetting } from '@castellan/storage';
import { afterFailure, RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf } from './fixtures/events.js';
import { foundIn, openLog } from './fixtures/log.js';
import { RULES } from './fixtures/rules.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

/** Each of its words is sought in all that an event has. What is about it would hold if it were held against events. */
const WORDS = [...Array.from({ length: 5_000 }, (_, n) => `word${n}`), 'sign_in'];
const SLOW = {
  name: 'slow.yml',
  text: `title: Slow
name: slow
logsource: { product: acme }
detection: { s: [${WORDS.join(', ')}], condition: s }
---
title: About it
name: about_slow
correlation: { type: temporal, rules: [slow, wrong], group-by: [actor.id], timespan: 10m }
`,
};
const BY = { kind: 'user', id: null, name: 'ann' } as const;

test('a rule that takes too long is switched off and says why; the batch is shown to the others, once', async () => {
  const { storage, client } = database;
  const integrationId = await newIntegration(storage);
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' };
  const books = new RulesOfWorkspaces([RULES, SLOW]);
  const { write } = await openLog(storage, integrationId);
  const begin = Date.now() - 60 * 60_000;
  const wrong = (n: number) =>
    eventOf({ key: `w${String(n).padStart(3, '0')}`, at: begin + n * 1_000, type: 'sign_in', account: 'ann' });
  await write(Array.from({ length: 300 }, (_, n) => wrong(n)));
  const watch = (mostMs: number) => storage.transaction(() => watchBatch(storage.queries, of, books, { mostMs }));

  const cause = await watch(300).catch((error: unknown) => error);
  expect(cause).toBeInstanceOf(RulesTooSlow);
  expect(await foundIn(client, integrationId)).toEqual([]);
  expect(await afterFailure(storage, of, books, { places: [], cause })).toEqual({ next: 'rules', titles: ['Slow'] });

  const { events } = await watch(60_000);
  expect(events).toBe(300);
  const found = await foundIn(client, integrationId);
  expect(found.map((one) => one.split(' ')[0])).toContain('many_wrong');
  expect(found.map((one) => one.split(' ')[0])).not.toContain('about_slow');
  const setting = () => ruleSetting(storage.queries, DEFAULT_WORKSPACE_ID, 'slow');
  const off = await setting();
  expect(off).toMatchObject({ enabled: false, isTooSlow: true, changedBy: { kind: 'host', name: 'Castellan' } });
  expect(off?.reason).toMatch(/^It took (\d\d|100)% of the time of a batch that took too long/);
  const { rows } = await client.query(`SELECT action, target ->> 'id' AS rule FROM audit_log WHERE actor ->> 'kind' = 'host'`);
  expect(rows).toContainEqual({ action: 'rule.settings', rule: 'slow' });

  // Whoever sets its level does not switch it on; whoever switches it on has it held against events again.
  const asBefore = { level: 'low', bounds: null, timespan: null, reason: off?.reason ?? null };
  await saveRuleSetting(storage.queries, DEFAULT_WORKSPACE_ID, 'slow', { ...asBefore, enabled: false }, BY);
  expect(await setting()).toMatchObject({ isTooSlow: true, level: 'low' });
  await saveRuleSetting(storage.queries, DEFAULT_WORKSPACE_ID, 'slow', { ...asBefore, enabled: true }, BY);
  expect(await setting()).toMatchObject({ isTooSlow: false, enabled: true });
  await write(Array.from({ length: 300 }, (_, n) => wrong(300 + n)));
  await expect(watch(300)).rejects.toThrow(RulesTooSlow);
});
