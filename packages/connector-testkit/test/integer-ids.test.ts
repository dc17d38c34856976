import { checkConnector, listByCursor } from '../src/index.js';
import { oneList, provided } from './one-list.js';

const IDS = [7, 12, 31];
const route = listByCursor(
  IDS.map((id) => ({ id })),
  { pageSize: 2 },
);
/** Makes a text of each id, as a key must be. */
const connector = oneList(async (http, at) => {
  const { body } = await http.send({ url: '/groups', query: at === null ? {} : { cursor: at } });
  const { items, next }: { items: readonly { readonly id: number }[]; next: string | null } = Object(body);
  return { keys: items.map(({ id }) => String(id)), next };
});

test('ids that are numbers at the provider are texts in the records and in holds()', async () => {
  const options = provided('GET /groups', route, IDS.map(String));
  expect(await checkConnector(connector, options, 'eachRecordOnce')).toMatchObject({ result: 'passed' });
  expect(await checkConnector(connector, options, 'recordShape')).toMatchObject({ result: 'passed' });
});

test('holds() with numbers is told to make texts of them', async () => {
  const verdict = await checkConnector(connector, provided('GET /groups', route, IDS), 'eachRecordOnce');
  expect(verdict).toMatchObject({
    result: 'broken',
    reason:
      "The upstream's holds() names 3 records of stream groups by something that is no text (7; 12; 31): the key of a record is a text, so give String(id) here as the connector does.",
  });
});
