import { Trial } from '../src/index.js';
import { acme } from './acme/acme-connector.js';
import { acmeProvider, tokenOf } from './acme/acme-provider.js';

const connector = acme();

// #region own-test
let trial: Trial;
beforeEach(async () => {
  trial = await Trial.open(connector, {
    upstream: acmeProvider,
    config: ({ url, tenant }) => ({ address: url, token: tokenOf(tenant) }),
  });
});
afterEach(() => trial.close());

test('a group whose members cannot be read is named, and the others are read', async () => {
  trial.wire.rule = ({ path }) =>
    path === '/groups/acme-group-1/members' ? { kind: 'answer', answer: { status: 403, headers: {}, body: '{}' } } : undefined;
  const host = trial.host();
  await host.run();
  expect(host.unlisted).toEqual([{ stream: 'memberships', partition: 'acme-group-1' }]);
  expect(host.rows.keysOf('memberships')).toContain('acme-group-2|acme-user-2');
  expect(host.stopped).toEqual([]);
});
// #endregion

test('the trace says what was asked, and another host of the trial knows nothing of the first', async () => {
  await trial.host().run({ streams: ['groups'] });
  expect(trial.wire.trace.map(({ request }) => request.path)).toEqual(['/groups', '/groups', '/groups']);
  const second = trial.host();
  expect(second.rows.keysOf('groups')).toEqual([]);
  await second.run({ streams: ['groups'] });
  expect(second.rows.keysOf('groups')).toEqual([...Object(trial.upstream.holds()['groups'])].toSorted());
});
