import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SourceRecord } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf, numbers, shuffled, someEvents } from './fixtures/events.js';
import { foundIn, openLog } from './fixtures/log.js';
import { RULES } from './fixtures/rules.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const books = new RulesOfWorkspaces([RULES]);

/** Shows rules all that is new. */
async function watch(integrationId: string): Promise<void> {
  const { storage } = database;
  for (let isMore = true; isMore; )
    ({ isMore } = await storage.transaction(() =>
      watchBatch(storage.queries, { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' }, books),
    ));
}

/** Pages of a log, each looked at before the next one comes. */
async function played(pages: readonly (readonly SourceRecord<'activity'>[])[]): Promise<readonly string[]> {
  const integrationId = await newIntegration(database.storage);
  const log = await openLog(database.storage, integrationId);
  for (const page of pages) {
    await log.write(page);
    await watch(integrationId);
  }
  return foundIn(database.client, integrationId);
}

function pagesOf<T>(events: readonly T[], seed: number, most: number): readonly (readonly T[])[] {
  const below = numbers(seed);
  const pages: T[][] = [];
  for (let from = 0; from < events.length; ) {
    const size = 1 + below(most);
    pages.push(events.slice(from, from + size));
    from += size;
  }
  return pages;
}

test.each([1, 2, 3])('however events come, the same is found (%i)', async (seed) => {
  const events = someEvents(240, seed);
  const all = await played([events]);
  for (const rule of ['many_wrong', 'many_places', 'guessed', 'not_enrolled', 'used'])
    expect(all.filter((line) => line.startsWith(`${rule} `))).not.toEqual([]);
  expect(await played(pagesOf(events, seed, 20))).toEqual(all);
  expect(await played(pagesOf(shuffled(events, seed), seed + 10, 12))).toEqual(all);
  // Each page comes twice, and once more long after.
  const again = pagesOf(shuffled(events, seed + 20), seed + 30, 15).flatMap((page) => [page, page]);
  expect(await played([...again, events])).toEqual(all);
});

test('an event that comes late makes a window end with one of a page before: what that was is read from the log', async () => {
  const begin = Date.now() - 60 * 60_000;
  const event = (key: string, minute: number, outcome: 'SUCCESS' | 'FAILURE'): SourceRecord<'activity'> =>
    eventOf({ key, at: begin + minute * 60_000, type: 'sign_in', account: 'account-1', outcome });
  const wrong = [1, 2, 3].map((minute) => event(`wrong-${minute}`, minute, 'FAILURE'));
  const [first, late, third] = wrong;
  if (first === undefined || late === undefined || third === undefined) throw new Error('There are three.');
  const right = event('right', 6, 'SUCCESS');
  const inOrder = await played([[...wrong, right]]);
  expect(inOrder.filter((line) => line.startsWith('guessed '))).toHaveLength(1);
  expect(await played([[first], [third], [right], [late]])).toEqual(inOrder);
});

/** Each takes a second; `CASTELLAN_TEST_KILLS=50` before a release. */
const KILLS = Number(process.env['CASTELLAN_TEST_KILLS'] ?? 12);

describe('a host that is killed', () => {
  const WORKER = fileURLToPath(new URL('./fixtures/worker.mjs', import.meta.url));
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  async function started(integrationId: string): Promise<ChildProcess> {
    const one = spawn(process.execPath, [WORKER, database.url, DEFAULT_WORKSPACE_ID, integrationId, JSON.stringify([RULES])], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = one;
    await once(one.stdout, 'data');
    return one;
  }

  test(`${KILLS} times in mid-stream leaves the same findings, and none twice`, async () => {
    const events = someEvents(600, 7);
    const expected = await played([events]);
    const integrationId = await newIntegration(database.storage);
    const log = await openLog(database.storage, integrationId);
    const below = numbers(3);
    const pages = pagesOf(events, 5, 20);
    const each = Math.max(1, Math.floor(pages.length / KILLS));
    let place = 0;
    for (let killed = 0; killed < KILLS; killed += 1) {
      const worker = await started(integrationId);
      for (const page of pages.slice(place, place + each)) await log.write(page);
      place += each;
      // Somewhere in its work, or between two.
      await new Promise((resolve) => setTimeout(resolve, below(25)));
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
    for (const page of pages.slice(place)) await log.write(page);
    await watch(integrationId);
    expect(await foundIn(database.client, integrationId)).toEqual(expected);
    const { rows } = await database.client.query(
      'SELECT 1 FROM findings WHERE integration_id = $1 GROUP BY fingerprint HAVING count(*) > 1',
      [integrationId],
    );
    expect(rows).toEqual([]);
    const { rows: told } = await database.client.query<{ type: string; about: string; times: number }>(
      `SELECT e.type, e.about, count(*)::integer AS times FROM (
         SELECT type, CASE WHEN type = 'finding.opened' THEN data ->> 'finding' ELSE data ->> 'incident' END AS about
         FROM events WHERE data ->> 'integration' = $1 AND type IN ('finding.opened', 'incident.opened')
       ) e GROUP BY 1, 2`,
      [integrationId],
    );
    expect(told.filter(({ times }) => times !== 1)).toEqual([]);
    const { rows: silent } = await database.client.query(
      `SELECT f.rule FROM findings f JOIN detection_findings d ON d.finding_id = f.id
       WHERE f.integration_id = $1 AND f.status <> 'resolved' AND NOT d.told`,
      [integrationId],
    );
    expect(silent).toEqual([]);
    const { rows: incidents } = await database.client.query<{ id: string }>(
      `SELECT id FROM incidents WHERE integration_id = $1 AND status <> 'closed'`,
      [integrationId],
    );
    const opened = told.filter(({ type }) => type === 'incident.opened').map(({ about }) => about);
    expect(opened).toEqual(expect.arrayContaining(incidents.map(({ id }) => id)));
  });
});
