import type { SourceRecord } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf } from './fixtures/events.js';
import { foundIn, openLog } from './fixtures/log.js';
import { RULES } from './fixtures/rules.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const books = new RulesOfWorkspaces([RULES]);
/** Where it is cut off stands a character of two units. */
const LONG = `${'x'.repeat(199)}😀y`;
const LONGER = `${'x'.repeat(99)}😀${'y'.repeat(200)}`;

test.each([
  ['a name', { target: [{ id: 'g', type: 'UserGroup', displayName: LONG }] }],
  ['an id', { target: [{ id: LONGER, type: 'UserGroup', displayName: 'g' }] }],
  ['an address', { client: { ipAddress: LONGER } }],
  ['a session', { authenticationContext: { externalSessionId: LONGER } }],
  ['who acts', { actor: { id: 'ann', type: 'User', alternateId: LONG } }],
])('%s that is cut off within a character hides nothing', async (_what, odd) => {
  const { storage, client } = database;
  const integrationId = await newIntegration(storage);
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' };
  const { write } = await openLog(storage, integrationId);
  const begin = Date.now() - 60 * 60_000;
  await write(
    Array.from({ length: 6 }, (_, n): SourceRecord<'activity'> => {
      const event = eventOf({ key: `k${n}`, at: begin + n * 1_000, type: 'sign_in', account: 'ann' });
      return { ...event, raw: { ...event.raw, ...odd } };
    }),
  );
  const { events } = await storage.transaction(() => watchBatch(storage.queries, of, books));
  expect(events).toBe(6);
  expect((await foundIn(client, integrationId)).some((one) => one.startsWith('many_wrong'))).toBe(true);
});
