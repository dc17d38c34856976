import { ConnectorError } from '@castellan/connector-sdk';
import { ActedOrg, NAMES } from '../support/acted-org.js';

/** Longer than any of these tests. */
const LAG_MS = 60_000;

describe('lists that run behind', () => {
  let acted: ActedOrg;
  beforeAll(async () => {
    acted = await ActedOrg.start({ listLagMs: LAG_MS });
  });
  afterAll(() => acted.close());

  it.each(NAMES.filter((name) => name !== 'clear-sessions'))('do not make %s look undone, nor its undo', async (name) => {
    const { input, isDone } = acted.trial(name);
    const { undo } = await acted.host.plan(name, input);
    expect(await acted.host.done(name, input)).toMatchObject({ changed: true });
    expect(isDone()).toBe(true);
    expect(await acted.host.plan(name, input)).toMatchObject({ state: 'done' });
    acted.begin();
    expect(await acted.host.done(name, input)).toMatchObject({ changed: false });
    expect(acted.writes).toEqual([]);
    if (undo === null) return;
    expect(await acted.host.done(undo.action, undo.input)).toMatchObject({ changed: true });
    expect(isDone()).toBe(false);
  });

  // Okta has no answer to "is this one a member of that group" but a list.
  it.each(['add-to-group', 'remove-from-group'])(
    'make %s be sent again at worst, where groups of an account run behind',
    async (name) => {
      const { input, isDone } = acted.trial(name);
      const before = acted.org.log.length;
      acted.simulator.setFaults([
        { kind: 'status-after', method: name === 'add-to-group' ? 'PUT' : 'DELETE' },
        ...(name === 'add-to-group' ? [{ kind: 'empty-list', match: '/api/v1/users/{id}/groups' } as const] : []),
      ]);
      const ended = await acted.host.act(name, input).then(
        () => 'done',
        (error: unknown) => (ConnectorError.is(error) ? error.kind : 'another'),
      );
      expect(ended).toBe(name === 'add-to-group' ? 'transient' : 'done');
      acted.begin();
      await acted.host.done(name, input);
      expect(isDone()).toBe(true);
      expect(acted.told(before).filter((type) => type.startsWith('group.user_membership'))).toHaveLength(1);
    },
  );

  it('run behind, so that the tests above mean something', async () => {
    const { input } = acted.trial('add-to-group');
    await acted.host.done('add-to-group', input);
    const url = `${acted.simulator.url}/api/v1/groups/${input['group'] ?? ''}/users`;
    const authorization = `SSWS ${acted.simulator.credentials.apiToken.token}`;
    expect(await (await fetch(url, { headers: { authorization } })).json()).toEqual([]);
    expect(acted.org.directory.members(input['group'] ?? '').has(input['member'] ?? '')).toBe(true);
  });
});
