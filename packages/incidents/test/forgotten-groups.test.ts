import { GroupStates } from '@castellan/storage';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-27T12:00:00.000Z');

test('of what has ended that stays which is missed and is not told yet, as long as its rule is in use', async () => {
  const { storage } = database;
  const states = new GroupStates(storage.queries, await newIntegration(storage));
  const group = (name: string, dueAt: number | null, endsAt: number) => ({ name, state: { name }, dueAt, endsAt });
  const groups = [
    group('ended', null, NOW - HOUR),
    group('missed', NOW - 2 * HOUR, NOW - HOUR),
    group('missed by now', NOW - 2 * HOUR, NOW + HOUR),
    group('open', null, NOW + HOUR),
  ];
  await states.save('used', 'v2', groups);
  await states.save('changed', 'v1', groups);
  await states.save('gone', 'v1', groups);
  const versions = new Map([
    ['used', 'v2'],
    ['changed', 'v2'],
  ]);
  expect(await states.forget(NOW, versions, 100)).toBe(5);
  const left = async (rule: string, version: string): Promise<readonly string[]> => {
    const rows = await states.load(
      rule,
      version,
      groups.map(({ name }) => name),
    );
    return rows.map(({ name }) => name).toSorted();
  };
  expect(await left('used', 'v2')).toEqual(['missed', 'missed by now', 'open']);
  expect(await left('changed', 'v1')).toEqual(['missed by now', 'open']);
  expect(await left('gone', 'v1')).toEqual(['missed by now', 'open']);
});
