import { type MemoryHost, Trial, type Upstream } from '@castellan/connector-testkit';
import { connector } from '../../docs/examples/acme/acme-connector.js';
import { AcmeServer } from './acme-server.js';

const EVERYTHING = {
  people: ['p0', 'p1', 'p2', 'p3', 'p4'],
  groups: ['g1', 'g2', 'g3', 'g4'],
  memberships: ['g1|p0', 'g1|p1', 'g1|p2', 'g2|p1', 'g4|p3', 'g4|p4'],
  activity: ['e1', 'e2', 'e3'],
};
const STREAMS = connector.streams.map(({ name }) => name);

let acme: AcmeServer;
const upstream: Upstream = {
  start: async ({ tenant }) => {
    acme = await AcmeServer.start();
    return { url: acme.url, tenant, holds: () => EVERYTHING, secrets: [], close: () => acme.close() };
  },
};

let trial: Trial;
let host: MemoryHost;
beforeEach(async () => {
  trial = await Trial.open(connector, { upstream, config: ({ url }) => ({ domain: url, token: 'good' }) });
  host = trial.host();
});
afterEach(() => trial.close());

const found = (): object => Object.fromEntries(STREAMS.map((name) => [name, host.rows.keysOf(name)]));

test('every stream is read to its end', async () => {
  expect(await host.run()).toBe(true);
  expect(found()).toEqual(EVERYTHING);
  expect([...host.completed].toSorted()).toEqual(STREAMS.toSorted());
  const last = host.rows.of('people').find(({ key }) => key === 'p4');
  expect(last?.data).toMatchObject({ status: 'deprovisioned', providerStatus: 'off' });
});

test('cut after every page and taken up again, it brings the same', async () => {
  let cuts = 0;
  while (!(await host.run({ pages: 1 }))) cuts += 1;
  expect(cuts).toBeGreaterThan(3);
  expect(found()).toEqual(EVERYTHING);
});

test('a group that went away meanwhile has no members, one that may not be read is named, and the others are read', async () => {
  acme.members.delete('g2');
  acme.refuse = (path) => (path === '/groups/g1/members' ? { status: 403, body: { missing_permission: 'g1' } } : undefined);
  await host.run();
  expect(host.rows.keysOf('memberships')).toEqual(['g4|p3', 'g4|p4']);
  expect(host.unlisted).toEqual([{ stream: 'memberships', partition: 'g1' }]);
  expect(host.completed).toContain('memberships');
});

test('the log goes on where it was', async () => {
  await host.run({ streams: ['activity'] });
  expect(host.positions).toEqual({ activity: 'e3' });
  acme.events.push({ id: 'e4', time: '2026-11-04T00:00:00Z', type: 'sign_out' });
  const later = trial.host();
  await later.run({ streams: ['activity'], checkpoints: host.positions });
  expect(later.rows.keysOf('activity')).toEqual(['e4']);
  expect(later.positions).toEqual({ activity: 'e4' });
});

test('a permission that is missing stops its streams, says which, and leaves the others', async () => {
  acme.refuse = (path) =>
    path.startsWith('/groups') ? { status: 403, body: { missing_permission: 'groups:read' } } : undefined;
  await host.run();
  const message = 'The token lacks the permission groups:read. Add it in Acme: Settings > Tokens.';
  expect(host.stopped.map(({ stream, error }) => [stream, error.message])).toEqual([
    ['groups', message],
    ['memberships', `Not read, because groups could not be read: ${message}`],
  ]);
  expect([...host.completed].toSorted()).toEqual(['activity', 'people']);
});

test('the test of the connection has a row for each permission', async () => {
  acme.refuse = (path) => (path === '/events' ? { status: 403, body: { missing_permission: 'events:read' } } : undefined);
  const { checks } = await host.test();
  expect(checks.map(({ name, status, blocks }) => [name, status, blocks])).toEqual([
    ['permission people:read', 'ok', undefined],
    ['permission groups:read', 'ok', undefined],
    ['permission events:read', 'failed', 'stream'],
  ]);
});
