import type { Administrators } from '@castellan/api';
import { settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { DIRECTORY, FORMULA, Organisation, ownWorkspace, SECOND } from './organisation.js';

const folder = temporaryFolder();
let host: TestHost;

/** Whoever is in Engineering has a second role, because the group above it does; Ana was given that one herself, too. */
beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  const workspace = await ownWorkspace(host);
  const first = new Organisation(host, workspace, DIRECTORY, 'Directory');
  await first.seed();
  await first.role('HELP', 'Help desk');
  await first.hold('HELP', 'group', 'all');
  await first.hold('HELP', 'account', 'ana');
  await new Organisation(host, workspace, SECOND, 'Second').seed();
}, 60_000);
afterAll(() => host.close());

async function list(query: string): Promise<Administrators> {
  const { status, body } = await host.api.get<Administrators>(`/access/administrators?${query}`);
  expect(status).toBe(200);
  return body;
}

const told = ({ items }: Administrators) =>
  items.map(({ integration, principal, roles }) => [
    `${integration.name} ${principal.label}`,
    ...roles.map(({ role, direct, through }) => [role.label, direct, ...through.map(({ label }) => label)]),
  ]);

const ANA = ['Directory Ana Diaz', ['Help desk', true, 'Engineering'], ['Super administrator', true]];
const BO = ['Directory Bo Lind', ['Help desk', false, 'Engineering']];
const OTHER_ANA = ['Second Ana Diaz', ['Super administrator', true]];

test('a role comes to people through their groups, and to groups through those above them', async () => {
  expect(told(await list(`integration=${DIRECTORY}`))).toEqual([ANA, BO]);
  expect(told(await list('kind=group'))).toEqual([
    [`Directory ${FORMULA}`, ['Help desk', true]],
    ['Directory Engineering', ['Help desk', false, FORMULA]],
  ]);
});

test.each([
  [1, [[ANA], [BO], [OTHER_ANA]]],
  [2, [[ANA, BO], [OTHER_ANA]]],
  [3, [[ANA, BO, OTHER_ANA]]],
])('pages of %i go on from one integration to the next', async (limit, pages) => {
  const seen: unknown[] = [];
  for (let cursor = ''; ; ) {
    const page = await list(`limit=${limit}${cursor}`);
    expect(page.total).toBe(3);
    seen.push(told(page));
    if (page.next === null) break;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
  expect(seen).toEqual(pages);
});

test('a file has a row for each role that one holds, with the ways to that one', async () => {
  const file = async (format: string) => (await host.api.send('GET', `/access/administrators/export.${format}`)).text();
  const [header = '', ...rows] = (await file('csv')).trimEnd().split('\r\n');
  const columns = header.split(',');
  const cell = (row: string, name: string) => row.split(',')[columns.indexOf(name)];
  expect(rows.map((row) => ['who', 'role', 'direct', 'through'].map((name) => cell(row, name)))).toEqual([
    ['Ana Diaz', 'Help desk', 'true', 'Engineering'],
    ['Ana Diaz', 'Super administrator', 'true', ''],
    ['Bo Lind', 'Help desk', 'false', 'Engineering'],
    ['Ana Diaz', 'Super administrator', 'true', ''],
  ]);
  const lines = (await file('jsonl'))
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toMatchObject([
    {
      integration: { id: DIRECTORY },
      principal: { key: 'ana' },
      role: { key: 'HELP' },
      direct: true,
      through: [{ key: 'eng' }],
    },
    { integration: { id: DIRECTORY }, principal: { key: 'ana' }, role: { key: 'SUPER' }, direct: true, through: [] },
    {
      integration: { id: DIRECTORY },
      principal: { key: 'bo' },
      role: { key: 'HELP' },
      direct: false,
      through: [{ key: 'eng' }],
    },
    { integration: { id: SECOND }, principal: { key: 'ana' }, role: { key: 'SUPER' }, direct: true, through: [] },
  ]);
});
