import type { RecordKind } from '@castellan/connector-sdk';
import { Directory } from './support/directory.js';
import { expectEqual } from './support/expect-equal.js';
import { expectedRows } from './support/expected.js';
import { ScimmyService } from './support/scimmy-service.js';
import { TestHost } from './support/test-host.js';

const KINDS: readonly RecordKind[] = ['account', 'group', 'membership', 'role', 'role_assignment'];

const directory = Directory.of(40, 13);
let service: ScimmyService;
beforeAll(async () => {
  service = await ScimmyService.start(directory);
});
afterAll(() => service.close());

function expectAll(host: TestHost): void {
  expect(host.stopped).toEqual([]);
  expect(host.unlisted).toEqual([]);
  expect(host.unread).toEqual([]);
  const expected = expectedRows(directory);
  for (const kind of KINDS) expectEqual(host.data(kind), expected.get(kind));
}

test('a service of other people is read as it is, by pages of any size', async () => {
  for (const pageSize of [9, 50]) {
    const host = await TestHost.of(service.url, { settings: { pageSize } });
    await host.run();
    expectAll(host);
    expect(host.twice).toEqual([]);
  }
});

test('its connection test is good in every row', async () => {
  const host = await TestHost.of(service.url);
  const { checks, tenant } = await host.test();
  expect(tenant?.id).toBe(service.url);
  expect(checks.filter(({ status }) => status !== 'ok')).toEqual([]);
});

test('what changes there is seen by its delta, and what leaves by its count', async () => {
  const host = await TestHost.of(service.url);
  await host.run();
  directory.change('x-u0000012', { isActive: false, department: 'Legal', roles: [['owner', 'Owner']] });
  directory.leave('x-u0000013');
  directory.hire(3);
  directory.dropMember('x-g0000011', 'x-u0000030');
  directory.found('Newcomers', ['x-u0000001', 'x-g0000002']);
  await host.poll();
  expectAll(host);
});

test('actions are done there once, and seen again', async () => {
  const host = await TestHost.of(service.url);
  await host.run();
  const deed = async (name: string, input: object): Promise<boolean> => {
    const { changed, stale } = await host.act(name, input);
    host.note(stale);
    await host.drain();
    expectAll(host);
    return changed;
  };
  expect(await deed('deactivate-account', { account: 'x-u0000020' })).toBe(true);
  expect(directory.people.get('x-u0000020')?.isActive).toBe(false);
  expect(await deed('deactivate-account', { account: 'x-u0000020' })).toBe(false);
  expect(await deed('reactivate-account', { account: 'x-u0000020' })).toBe(true);
  expect(directory.people.get('x-u0000020')?.isActive).toBe(true);
  const group = 'x-g0000010';
  const [member = ''] = directory.teams.get(group)?.members ?? [];
  const others = directory.teams.get(group)?.members.filter((id) => id !== member);
  expect(await deed('remove-from-group', { group, member })).toBe(true);
  expect(directory.teams.get(group)?.members).toEqual(others);
  expect(await deed('remove-from-group', { group, member })).toBe(false);
});

test('as it comes with Express 5 it shows the same page for every position: an error, and nothing half', async () => {
  const broken = await ScimmyService.start(directory, { pages: false });
  try {
    const host = await TestHost.of(broken.url);
    await host.run({ streams: ['accounts'] });
    expect(host.stopped).toMatchObject([
      { status: 'incomplete', error: { message: expect.stringContaining('the same ones') } },
    ]);
  } finally {
    await broken.close();
  }
});
