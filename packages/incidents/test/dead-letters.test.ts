import type { SourceRecord } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID, deadLetters, type InboxPlace, retryDeadLetters } from '@castellan/storage';
import { afterFailure, RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf } from './fixtures/events.js';
import { openLog } from './fixtures/log.js';
import { RULES } from './fixtures/rules.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
  // A fault that nobody foresaw: the database refuses what would be kept of some accounts. Its words repeat who it is.
  await database.client.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       RAISE EXCEPTION 'nothing of %', NEW.subject_key USING ERRCODE = '22P05';
     END $$`,
  );
  await database.client.query(
    `CREATE TRIGGER refused BEFORE INSERT ON findings FOR EACH ROW WHEN (NEW.subject_key LIKE '%poison%')
     EXECUTE FUNCTION refuse()`,
  );
});
afterAll(() => database.close());

const books = new RulesOfWorkspaces([RULES]);
const MINUTE = 60_000;
const begin = Date.now() - 60 * MINUTE;

async function organisation() {
  const workspace = DEFAULT_WORKSPACE_ID;
  const integrationId = await newIntegration(database.storage);
  const { write } = await openLog(database.storage, integrationId);
  const { storage, client } = database;
  const of = { workspaceId: workspace, integrationId, product: 'acme' };
  let places: readonly InboxPlace[] = [];
  const onTaken = (taken: readonly InboxPlace[]): void => {
    places = taken;
  };
  return {
    integrationId,
    write,
    /** One batch. @returns what came of it, and of how many events it was */
    once: async (): Promise<string> => {
      try {
        const { events, isMore } = await storage.transaction(() => watchBatch(storage.queries, of, books, { onTaken }));
        return `${events} shown${isMore ? '' : ', the last'}`;
      } catch (cause) {
        const { next } = await afterFailure(storage, of, books, { places, cause });
        return `${places.length} failed: ${next}`;
      }
    },
    waiting: async (): Promise<number> => {
      const { rows } = await client.query<{ n: number }>(
        'SELECT coalesce(sum(cardinality(keys)), 0)::int AS n FROM detection_inbox WHERE integration_id = $1',
        [integrationId],
      );
      return rows[0]?.n ?? 0;
    },
    letters: async () => {
      const { items } = await deadLetters(storage.queries, workspace);
      return items.filter((one) => one.integrationId === integrationId);
    },
    found: async (): Promise<readonly string[]> => {
      const { rows } = await client.query<{ subject: string }>(
        'SELECT subject_key AS subject FROM findings WHERE integration_id = $1 ORDER BY 1',
        [integrationId],
      );
      return rows.map(({ subject }) => subject);
    },
  };
}

const used = (account: string, n: number): SourceRecord<'activity'> =>
  eventOf({ key: `${account}-${n}`, at: begin + n * 1_000, type: 'used', account });
/** Of an account each. */
const manyUsed = (count: number, from = 0): readonly SourceRecord<'activity'>[] =>
  Array.from({ length: count }, (_, n) => used(`a${String(from + n).padStart(4, '0')}`, from + n));

/** Until it says that it was the last, or is to wait. */
async function worked({ once }: { readonly once: () => Promise<string> }): Promise<readonly string[]> {
  const steps: string[] = [];
  for (let left = 60; left > 0; left -= 1) {
    steps.push(await once());
    if (/the last|wait/.test(steps.at(-1) ?? '')) break;
  }
  return steps;
}

test('an event that fails each time is found, set aside with a reason that tells nothing of it, and the others are shown', async () => {
  const one = await organisation();
  await one.write([...manyUsed(300), used('poison', 300), ...manyUsed(99, 301)]);
  expect([await one.once(), await one.once()]).toEqual(['400 failed: wait', '400 failed: wait']);
  expect(await one.letters()).toEqual([]);
  const steps = await worked(one);
  expect(steps[0]).toBe('400 failed: again');
  expect(steps.filter((step) => step.includes('event'))).toEqual(['1 failed: event']);
  expect(steps.at(-1)).toMatch(/the last$/);
  expect(steps.length).toBeLessThan(15);
  expect(await one.waiting()).toBe(0);
  expect(await one.letters()).toEqual([
    expect.objectContaining({
      key: 'poison-300',
      published: new Date(begin + 300_000),
      reason: 'The database refused what was to be kept of it (error 22P05).',
    }),
  ]);
  expect(await one.found()).toEqual(manyUsed(400).flatMap((_, n) => (n === 300 ? [] : [`a${String(n).padStart(4, '0')}`])));
});

test('behind the first the next are found without a wait, and none is shown twice', async () => {
  const one = await organisation();
  await one.write([used('poison', 0), ...manyUsed(30, 1), used('poison', 31), used('poison', 32)]);
  await one.once();
  await one.once();
  expect(await worked(one)).not.toContainEqual(expect.stringContaining('wait'));
  expect((await one.letters()).map(({ key }) => key).toSorted()).toEqual(['poison-0', 'poison-31', 'poison-32']);
  const { rows } = await database.client.query('SELECT events FROM detection_progress WHERE integration_id = $1', [
    one.integrationId,
  ]);
  expect(rows).toEqual([{ events: '30' }]);
});

test('no event is blamed for what fails without any', async () => {
  const one = await organisation();
  await one.write([used('ana', 0)]);
  const broken = `ALTER TABLE detection_progress ADD CONSTRAINT broken CHECK (integration_id <> '${one.integrationId}')`;
  await database.client.query(broken);
  const steps = [];
  for (let left = 6; left > 0; left -= 1) steps.push(await one.once());
  expect(new Set(steps)).toEqual(new Set(['1 failed: wait']));
  await database.client.query('ALTER TABLE detection_progress DROP CONSTRAINT broken');
  expect(await one.once()).toBe('1 shown, the last');
  expect(await one.letters()).toEqual([]);
  expect(await one.found()).toEqual(['ana']);
});

test('what was set aside is shown again when somebody asks, and found then', async () => {
  const one = await organisation();
  await one.write([used('poison', 5)]);
  for (let left = 3; left > 0; left -= 1) await one.once();
  expect(await one.letters()).toHaveLength(1);
  await database.client.query('ALTER TABLE findings DISABLE TRIGGER refused');
  const { storage } = database;
  const before = (await deadLetters(storage.queries, DEFAULT_WORKSPACE_ID)).total;
  expect(await retryDeadLetters(storage.queries, DEFAULT_WORKSPACE_ID)).toBe(before);
  expect(await one.once()).toBe('1 shown, the last');
  await database.client.query('ALTER TABLE findings ENABLE TRIGGER refused');
  expect([await one.letters(), await one.found()]).toEqual([[], ['poison']]);
});
